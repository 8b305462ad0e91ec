using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Metrics;

/// <summary>
/// Rows by resource and holder, bounded: when it is full, what comes new is counted under <see cref="Other"/>. Not thread-safe.
/// </summary>
internal sealed class MetricTable(int mostRows)
{
    public const string Other = "(other)";

    private const int LongestName = 200;

    private readonly Dictionary<string, Dictionary<string, MetricRow>> _rows = new(StringComparer.Ordinal);
    private int _count;

    public DateTimeOffset? From { get; set; }

    public DateTimeOffset? To { get; set; }

    public bool IsEmpty => _count == 0;

    public IEnumerable<MetricRow> Rows => _rows.Values.SelectMany(holders => holders.Values);

    public MetricRow Of(string resource, string holder)
    {
        if (_rows.TryGetValue(resource, out var holders) && holders.TryGetValue(holder, out var row))
            return row;
        if (resource.Length > LongestName || holder.Length > LongestName)
            return Of(Cut(resource), Cut(holder));
        if (_count >= mostRows && resource != Other)
            return Of(Other, Other);
        if (holders is null)
            _rows.Add(resource, holders = new Dictionary<string, MetricRow>(StringComparer.Ordinal));
        holders.Add(holder, row = new MetricRow(resource, holder));
        _count++;
        return row;
    }

    public void Add(MetricTable other)
    {
        foreach (var row in other.Rows)
            Of(row.Resource, row.Holder).Add(row);
        Cover(other.From, other.To);
    }

    /// <summary>Stretches the time that the rows tell of.</summary>
    public void Cover(DateTimeOffset? from, DateTimeOffset? to)
    {
        From = From is { } first && !(from < first) ? first : from;
        To = To is { } last && !(to > last) ? last : to;
    }

    /// <summary>At most so many rows, those with most to tell; the rest in one.</summary>
    public MetricTable Largest(int rows)
    {
        var table = new MetricTable(rows + 1);
        var at = 0;
        foreach (var row in Rows.OrderByDescending(row => row.Weight))
            (at++ < rows ? table.Of(row.Resource, row.Holder) : table.Of(Other, Other)).Add(row);
        table.Cover(From, To);
        return table;
    }

    public LockMetrics ToMetrics() => new(Sum(Rows, ""))
    {
        Since = From,
        Until = To,
        Resources = Sums(row => row.Resource),
        Holders = Sums(row => row.Holder),
    };

    private List<LockMetric> Sums(Func<MetricRow, string> name) =>
        Rows.GroupBy(name, StringComparer.Ordinal).Select(group => Sum(group, group.Key))
        .OrderByDescending(metric => metric.Waits.Total).ThenByDescending(metric => metric.Conflicts + metric.Timeouts
            + metric.BrokenLeases).ThenBy(metric => metric.Name, StringComparer.Ordinal).ToList();

    private static LockMetric Sum(IEnumerable<MetricRow> rows, string name)
    {
        var sum = new MetricRow("", "");
        foreach (var row in rows)
            sum.Add(row);
        return sum.ToMetric(name);
    }

    private static string Cut(string name) => name.Length > LongestName ? name[..(LongestName - 1)] + "…" : name;
}
