using System.Globalization;
using System.Text.Json;
using TaskLocking.Scheduling;

namespace TaskLocking.Cli.Output;

/// <summary>How far a swarm is, as the origin's JSON and as a line.</summary>
internal static class ProgressReport
{
    public static void Write(Utf8JsonWriter writer, TaskProgress progress)
    {
        writer.WriteStartObject();
        writer.WriteString("swarm_id", progress.Swarm);
        writer.WriteNumber("progress", progress.Percent);
        writer.WriteNumber("completed", progress.Completed);
        writer.WriteNumber("in_progress", progress.InProgress);
        writer.WriteNumber("pending", progress.Pending);
        writer.WriteNumber("failed", progress.Failed);
        writer.WriteNumber("total", progress.Total);
        writer.WriteNumber("ready_tasks", progress.Ready);
        writer.WriteBoolean("has_cycle", progress.Cycle.Count > 0);
        writer.WritePropertyName("cycle");
        JsonText.Write(writer, progress.Cycle);
        writer.WriteStartObject("conflict_stats");
        writer.WriteNumber("active_locks", progress.ActiveLocks);
        writer.WritePropertyName("locked_files");
        JsonText.Write(writer, progress.LockedFiles);
        writer.WriteNumber("failed_tasks", progress.FailedTaskIds.Count);
        writer.WritePropertyName("failed_task_ids");
        JsonText.Write(writer, progress.FailedTaskIds);
        writer.WriteEndObject();
        FindingJson.Write(writer, progress.Stuck);
        writer.WriteEndObject();
    }

    /// <summary>"65.5 %, 12 tasks: 8 done, …".</summary>
    public static string Line(TaskProgress progress) =>
        $"{Percent(progress)}, {Counts(progress)}";

    public static string Percent(TaskProgress progress) => progress.Percent.ToString("0.0", CultureInfo.InvariantCulture) + " %";

    public static string Counts(TaskProgress progress) =>
        $"{progress.Total} tasks: {progress.Completed} done, {progress.InProgress} in progress, "
            + $"{progress.Pending} pending ({progress.Ready} ready{Stuck(progress)}), {progress.Failed} failed";

    private static string Stuck(TaskProgress progress) => progress.Stuck.Count == 0 ? "" : $", {progress.Stuck.Count} stuck";
}
