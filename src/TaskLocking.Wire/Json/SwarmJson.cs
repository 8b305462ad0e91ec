using System.Text.Json;

namespace TaskLocking.Wire;

/// <summary>Swarms as JSON: how they are, and what became of one.</summary>
internal static class SwarmJson
{
    public static void Write(Utf8JsonWriter writer, SwarmStatus swarm)
    {
        writer.WriteStartObject();
        writer.WriteString("swarm_id", swarm.Swarm);
        writer.WriteBoolean("paused", swarm.IsPaused);
        writer.WriteString("paused_since", JsonText.Time(swarm.PausedSince));
        writer.WriteString("paused_by", swarm.PausedBy);
        writer.WriteString("reason", swarm.Reason);
        writer.WriteNumber("total", swarm.Total);
        writer.WriteNumber("completed", swarm.Done);
        writer.WriteNumber("in_progress", swarm.InProgress);
        writer.WriteNumber("open", swarm.Open);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, SwarmOutcome outcome)
    {
        writer.WriteStartObject();
        writer.WriteString("swarm_id", outcome.Swarm);
        writer.WriteBoolean("changed", outcome.Changed);
        JsonText.Write(writer, "cancelled", outcome.Cancelled);
        JsonText.Write(writer, "left_running", outcome.LeftRunning);
        writer.WriteEndObject();
    }
}
