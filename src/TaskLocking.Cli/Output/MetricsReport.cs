using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using TaskLocking.Diagnostics;

namespace TaskLocking.Cli.Output;

/// <summary>What was counted about locks and leases, over all processes of a workspace.</summary>
internal static class MetricsReport
{
    private const int ShownRows = 20;

    public static void WriteJson(LockMetrics metrics) => StandardOutput.Json(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("since", JsonText.Time(metrics.Since));
        writer.WriteString("until", JsonText.Time(metrics.Until));
        writer.WritePropertyName("total");
        Write(writer, metrics.Total, isNamed: false);
        Write(writer, "resources", metrics.Resources);
        Write(writer, "holders", metrics.Holders);
        writer.WriteEndObject();
    });

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

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<LockMetric> metrics)
    {
        writer.WriteStartArray(name);
        foreach (var metric in metrics)
            Write(writer, metric, isNamed: true);
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, LockMetric metric, bool isNamed)
    {
        writer.WriteStartObject();
        if (isNamed)
            writer.WriteString("name", metric.Name);
        Write(writer, "waits", metric.Waits);
        Write(writer, "holds", metric.Holds);
        writer.WriteNumber("conflicts", metric.Conflicts);
        writer.WriteNumber("timeouts", metric.Timeouts);
        writer.WriteNumber("broken_leases", metric.BrokenLeases);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, DurationMetric duration)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("count", duration.Count);
        writer.WriteNumber("total_ms", Milliseconds(duration.Total));
        writer.WriteNumber("mean_ms", Milliseconds(duration.Mean));
        writer.WriteNumber("p50_ms", Milliseconds(duration.P50));
        writer.WriteNumber("p95_ms", Milliseconds(duration.P95));
        writer.WriteNumber("p99_ms", Milliseconds(duration.P99));
        writer.WriteNumber("longest_ms", Milliseconds(duration.Longest));
        writer.WriteEndObject();
    }

    private static double Milliseconds(TimeSpan span) => Math.Round(span.TotalMilliseconds, 3);

    private static string Text(TimeSpan span) => Milliseconds(span).ToString("0.###", CultureInfo.InvariantCulture);

    private static string Text(long count) => count.ToString(CultureInfo.InvariantCulture);
}
