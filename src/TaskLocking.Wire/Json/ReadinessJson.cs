using System.Text.Json;

namespace TaskLocking.Wire;

/// <summary>Whether a task is ready, with all reasons why not, as JSON.</summary>
internal static class ReadinessJson
{
    public static void Write(Utf8JsonWriter writer, Readiness readiness)
    {
        writer.WriteStartObject();
        writer.WriteString("task_id", readiness.TaskId);
        writer.WriteBoolean("ready", readiness.IsReady);
        JsonText.Write(writer, "reasons", readiness.Reasons, Write);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ReadinessReason reason)
    {
        writer.WriteStartObject();
        writer.WriteString("code", reason.Code.ToString());
        writer.WriteString("message", reason.Message);
        if (reason.TaskId is not null)
            writer.WriteString("task_id", reason.TaskId);
        if (reason.Path is not null)
            writer.WriteString("path", reason.Path);
        if (reason.Agent is not null)
            writer.WriteString("agent", reason.Agent);
        if (reason.Until is not null)
            writer.WriteString("until", JsonText.Time(reason.Until));
        writer.WriteEndObject();
    }
}
