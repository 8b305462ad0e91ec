using System.Text.Json;

namespace TaskLocking.Wire;

/// <summary>The summary of a nightly run as JSON.</summary>
internal static class AssignmentRunJson
{
    /// <summary>What a nightly run did.</summary>
    public static void Write(Utf8JsonWriter writer, AssignmentRun run)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("what_if", run.WhatIf);
        writer.WriteString("started", JsonText.Time(run.Started));
        JsonText.Write(writer, "maintenance", run.Maintenance, Write);
        JsonText.Write(writer, "assigned", run.Assigned, Write);
        JsonText.Write(writer, "skipped", run.Skipped, Write);
        JsonText.Write(writer, "archived", run.Archived);
        if (run.Stopped is { } stopped)
            writer.WriteString("stopped", stopped.Message);
        writer.WriteEndObject();
    }

    /// <summary>What the last one left behind, under a name; null where none was.</summary>
    public static void Write(Utf8JsonWriter writer, string name, AssignmentRunRecord? run)
    {
        writer.WritePropertyName(name);
        if (run is null)
        {
            writer.WriteNullValue();
            return;
        }
        writer.WriteStartObject();
        writer.WriteString("started", JsonText.Time(run.Started));
        writer.WriteString("finished", JsonText.Time(run.Finished));
        writer.WriteString("succeeded", JsonText.Time(run.Succeeded));
        writer.WriteString("by", run.By);
        writer.WriteString("swarm", run.Swarm);
        writer.WriteNumber("maintained", run.Maintained);
        writer.WriteNumber("assigned", run.Assigned);
        writer.WriteNumber("skipped", run.Skipped);
        writer.WriteNumber("archived", run.Archived);
        writer.WriteString("stopped", run.Stopped);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, MaintenanceItem item)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", item.Kind.ToString());
        writer.WriteString("subject", item.Subject);
        writer.WriteString("agent", item.Agent);
        writer.WriteString("message", item.Message);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, PlannedAssignment given)
    {
        writer.WriteStartObject();
        writer.WriteString("task_id", given.TaskId);
        writer.WriteString("task_name", given.TaskName);
        writer.WriteString("type", given.Type);
        writer.WriteString("agent", given.Agent);
        writer.WriteNumber("open_tasks", given.OpenTasks);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, SkippedTask skipped)
    {
        writer.WriteStartObject();
        writer.WriteString("task_id", skipped.TaskId);
        writer.WriteString("reason", skipped.Reason);
        writer.WriteEndObject();
    }
}
