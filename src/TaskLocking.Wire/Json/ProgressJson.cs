using System.Text.Json;

namespace TaskLocking.Wire;

/// <summary>How far a swarm is, as the origin's JSON.</summary>
internal static class ProgressJson
{
    public static void Write(Utf8JsonWriter writer, TaskProgress progress)
    {
        writer.WriteStartObject();
        writer.WriteString("swarm_id", progress.Swarm);
        if (progress.Parent is not null)
            writer.WriteString("parent_id", progress.Parent);
        writer.WriteNumber("progress", progress.Percent);
        writer.WriteNumber("completed", progress.Completed);
        writer.WriteNumber("in_progress", progress.InProgress);
        writer.WriteNumber("pending", progress.Pending);
        writer.WriteNumber("failed", progress.Failed);
        writer.WriteNumber("total", progress.Total);
        writer.WriteNumber("ready_tasks", progress.Ready);
        writer.WriteBoolean("has_cycle", progress.Cycle.Count > 0);
        JsonText.Write(writer, "cycle", progress.Cycle);
        writer.WriteStartObject("conflict_stats");
        writer.WriteNumber("active_locks", progress.ActiveLocks);
        JsonText.Write(writer, "locked_files", progress.LockedFiles);
        writer.WriteNumber("failed_tasks", progress.FailedTaskIds.Count);
        JsonText.Write(writer, "failed_task_ids", progress.FailedTaskIds);
        writer.WriteEndObject();
        FindingJson.Write(writer, progress.Stuck);
        writer.WriteEndObject();
    }
}
