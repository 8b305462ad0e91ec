using System;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using TaskLocking.Model;
using TaskLocking.Todo2;

namespace TaskLocking.Metrics;

/// <summary>A table as one line of JSON, and back.</summary>
internal static class MetricLine
{
    public static byte[] Write(MetricTable table)
    {
        var text = new StringBuilder("{\"metrics\":1,\"from\":\"").Append(Timestamp.Format(table.From ?? default)).Append("\",\"to\":\"")
            .Append(Timestamp.Format(table.To ?? default)).Append("\",\"rows\":[");
        var isFirst = true;
        foreach (var row in table.Rows)
        {
            text.Append(isFirst ? "{\"r\":" : ",{\"r\":").Append(JsonSlices.Quote(row.Resource)).Append(",\"h\":")
                .Append(JsonSlices.Quote(row.Holder));
            isFirst = false;
            Add(text, "w", row.Waits);
            Add(text, "l", row.Holds);
            Add(text, "c", row.Conflicts);
            Add(text, "t", row.Timeouts);
            Add(text, "b", row.Broken);
            text.Append('}');
        }
        return Encoding.UTF8.GetBytes(text.Append("]}\n").ToString());
    }

    /// <summary>Null for a line that is torn or none of ours.</summary>
    public static MetricTable? Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("metrics", out var format) || format.GetInt32() != 1)
                return null;
            var table = new MetricTable(int.MaxValue);
            foreach (var item in root.GetProperty("rows").EnumerateArray())
            {
                if (Histogram(item, "w") is not { } waits || Histogram(item, "l") is not { } holds)
                    return null;
                var row = new MetricRow(item.GetProperty("r").GetString() ?? "", item.GetProperty("h").GetString() ?? "").With(waits,
                    holds);
                row.Conflicts = Number(item, "c");
                row.Timeouts = Number(item, "t");
                row.Broken = Number(item, "b");
                table.Of(row.Resource, row.Holder).Add(row);
            }
            table.Cover(Timestamp.Parse(root.GetProperty("from").GetString()), Timestamp.Parse(root.GetProperty("to").GetString()));
            return table;
        }
        catch (Exception exception) when (
            exception is JsonException or InvalidOperationException or FormatException or System.Collections.Generic.KeyNotFoundException)
        {
            return null;
        }
    }

    private static void Add(StringBuilder text, string name, DurationHistogram histogram)
    {
        if (histogram.Count == 0)
            return;
        text.Append(",\"").Append(name).Append("\":");
        var lead = '[';
        foreach (var number in histogram.ToNumbers())
        {
            text.Append(lead).Append(number.ToString(CultureInfo.InvariantCulture));
            lead = ',';
        }
        text.Append(']');
    }

    private static void Add(StringBuilder text, string name, long count)
    {
        if (count > 0)
            text.Append(",\"").Append(name).Append("\":").Append(count.ToString(CultureInfo.InvariantCulture));
    }

    private static DurationHistogram? Histogram(JsonElement row, string name) =>
        row.TryGetProperty(name, out var numbers)
            ? DurationHistogram.FromNumbers(numbers.EnumerateArray().Select(number => number.GetInt64()).ToArray())
                : new DurationHistogram();

    private static long Number(JsonElement row, string name) =>
        row.TryGetProperty(name, out var number) ? Math.Max(number.GetInt64(), 0) : 0;
}
