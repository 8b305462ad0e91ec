using System;
using System.Collections.Generic;
using System.Text.Json;

namespace TaskLocking.Wire;

/// <summary>Who does what, with how far it is all, and when the last nightly run was.</summary>
internal static class StatusJson
{
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<WorkStatus> work, TaskProgress progress, AssignmentRunRecord? lastRun)
    {
        writer.WriteStartObject();
        JsonText.Write(writer, "work", work, Write);
        writer.WritePropertyName("progress");
        ProgressJson.Write(writer, progress);
        AssignmentRunJson.Write(writer, "last_nightly", lastRun);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, WorkStatus status)
    {
        writer.WriteStartObject();
        writer.WriteString("state", status.State.ToString().ToLowerInvariant());
        writer.WriteString("task_id", status.TaskId);
        writer.WriteString("task_name", status.TaskName);
        writer.WriteString("agent", status.Agent);
        writer.WriteString("since", JsonText.Time(status.Since));
        Write(writer, "lease_left", status.LeaseLeft?.TotalSeconds);
        if (status.IsAlive is { } lives)
            writer.WriteBoolean("alive", lives);
        else
            writer.WriteNull("alive");
        writer.WriteString("why", status.Why);
        writer.WriteString("host", status.Task.Claim?.Host);
        Write(writer, "pid", status.Task.Claim?.Pid);
        Write(writer, "token", status.Task.Claim?.Token);
        writer.WriteNumber("attempt", status.Task.Attempt);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, double? number)
    {
        if (number is { } told)
            writer.WriteNumber(name, Math.Round(told, 3));
        else
            writer.WriteNull(name);
    }
}
