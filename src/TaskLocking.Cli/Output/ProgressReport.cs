using System.Globalization;

namespace TaskLocking.Cli.Output;

/// <summary>How far a swarm is, as a line.</summary>
internal static class ProgressReport
{
    /// <summary>"65.5 %, 12 tasks: 8 done, …".</summary>
    public static string Line(TaskProgress progress) =>
        $"{Percent(progress)}, {Counts(progress)}";

    public static string Percent(TaskProgress progress) => progress.Percent.ToString("0.0", CultureInfo.InvariantCulture) + " %";

    public static string Counts(TaskProgress progress) =>
        $"{progress.Total} tasks: {progress.Completed} done, {progress.InProgress} in progress, "
            + $"{progress.Pending} pending ({progress.Ready} ready{Stuck(progress)}), {progress.Failed} failed";

    private static string Stuck(TaskProgress progress) => progress.Stuck.Count == 0 ? "" : $", {progress.Stuck.Count} stuck";
}
