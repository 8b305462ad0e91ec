using System;
using System.Text.Json;
using TaskLocking.Wire;

namespace TaskLocking.Server;

/// <summary>Who works on a task, or what is the matter with it; the claim's token is told to nobody here.</summary>
internal static class WorkLine
{
    public static void Write(Utf8JsonWriter writer, WorkStatus status)
    {
        writer.WriteStartObject();
        writer.WriteString("state", status.State.ToString().ToLowerInvariant());
        writer.WriteString("task_id", status.TaskId);
        writer.WriteString("task_name", status.TaskName);
        writer.WriteString("agent", status.Agent);
        writer.WriteString("since", JsonText.Time(status.Since));
        if (status.LeaseLeft is { } left)
            writer.WriteNumber("lease_left", Math.Round(left.TotalSeconds, 3));
        if (status.IsAlive is { } lives)
            writer.WriteBoolean("alive", lives);
        if (status.Why is { } why)
            writer.WriteString("why", why);
        if (status.Task.Claim is { Pid: { } pid } claim)
        {
            writer.WriteString("host", claim.Host);
            writer.WriteNumber("pid", pid);
        }
        writer.WriteNumber("attempt", status.Task.Attempt);
        writer.WriteEndObject();
    }
}
