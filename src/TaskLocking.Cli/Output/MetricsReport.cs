using System;
using System.Collections.Generic;
using System.Globalization;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Output;

/// <summary>What was counted about locks and leases, over all processes of a workspace.</summary>
internal static class MetricsReport
{
    private const int ShownRows = 20;

    public static void WriteText(LockMetrics metrics)
    {
        if (metrics.Since is null)
        {
            StandardOutput.Line("Nothing was counted yet.");
            return;
        }
        var table = new TextTable("Resource or holder", "Waits", "Mean", "P95", "Longest", "Holds", "Mean", "P95", "Longest", "Conflicts",
            "Timeouts", "Broken");
        Add(table, metrics.Total, "all");
        Add(table, metrics.Resources);
        Add(table, metrics.Holders);
        SpectreTable.Write(table);
        StandardOutput.Line($"Times in ms; from {TaskText.Time(metrics.Since)} to {TaskText.Time(metrics.Until)}.");
    }

    private static void Add(TextTable table, IReadOnlyList<LockMetric> metrics)
    {
        for (var i = 0; i < Math.Min(metrics.Count, ShownRows); i++)
            Add(table, metrics[i], metrics[i].Name);
        if (metrics.Count > ShownRows)
            table.Add($"({metrics.Count - ShownRows} more: --json)", null, null, null, null, null, null, null, null, null, null, null);
    }

    private static void Add(TextTable table, LockMetric metric, string name) => table.Add(name,
        Text(metric.Waits.Count), Text(metric.Waits.Mean), Text(metric.Waits.P95), Text(metric.Waits.Longest),
        Text(metric.Holds.Count), Text(metric.Holds.Mean), Text(metric.Holds.P95), Text(metric.Holds.Longest),
        Text(metric.Conflicts), Text(metric.Timeouts), Text(metric.BrokenLeases));

    private static string Text(TimeSpan span) => MetricsJson.Milliseconds(span).ToString("0.###", CultureInfo.InvariantCulture);

    private static string Text(long count) => count.ToString(CultureInfo.InvariantCulture);
}
