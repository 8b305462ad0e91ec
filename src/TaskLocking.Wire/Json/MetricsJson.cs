using System;
using System.Linq;
using System.Text.Json;

namespace TaskLocking.Wire;

/// <summary>What was counted about locks and leases, as JSON.</summary>
internal static class MetricsJson
{
    /// <param name="writer">Where to.</param>
    /// <param name="metrics">What was counted.</param>
    /// <param name="most">So many resources and holders; null for all.</param>
    public static void Write(Utf8JsonWriter writer, LockMetrics metrics, int? most = null)
    {
        writer.WriteStartObject();
        writer.WriteString("since", JsonText.Time(metrics.Since));
        writer.WriteString("until", JsonText.Time(metrics.Until));
        writer.WritePropertyName("total");
        Write(writer, metrics.Total, isNamed: false);
        JsonText.Write(writer, "resources", metrics.Resources.Take(most ?? int.MaxValue),
            static (each, metric) => Write(each, metric, isNamed: true));
        JsonText.Write(writer, "holders", metrics.Holders.Take(most ?? int.MaxValue),
            static (each, metric) => Write(each, metric, isNamed: true));
        writer.WriteEndObject();
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

    /// <summary>To the microsecond.</summary>
    public static double Milliseconds(TimeSpan span) => Math.Round(span.TotalMilliseconds, 3);
}
