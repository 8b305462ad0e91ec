using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace TaskLocking.PowerShell.Formats;

/// <summary>What the views show of metrics: numbers in rows, times in seconds. As <see cref="Shown"/>, for the views alone.</summary>
public static class ShownMetric
{
    private static readonly string[] Heads = ["Name", "Waits", "Waited", "Longest", "Holds", "Held", "Conflicts", "Timeouts", "Broken"];

    /// <summary>How many waits.</summary>
    public static object? Waits(PSObject shown) => Of(shown)?.Waits.Count;

    /// <summary>How long they were together.</summary>
    public static object? Waited(PSObject shown) => Of(shown) is { } metric ? Seconds(metric.Waits.Total) : null;

    /// <summary>The longest of them.</summary>
    public static object? LongestWait(PSObject shown) => Of(shown) is { } metric ? Seconds(metric.Waits.Longest) : null;

    /// <summary>How many holds.</summary>
    public static object? Holds(PSObject shown) => Of(shown)?.Holds.Count;

    /// <summary>How long they were together.</summary>
    public static object? Held(PSObject shown) => Of(shown) is { } metric ? Seconds(metric.Holds.Total) : null;

    /// <summary>All of a report as a table: the total, the resources, the holders.</summary>
    public static object? Rows(PSObject shown)
    {
        if (shown?.BaseObject is not LockMetrics metrics)
            return null;
        var rows = new List<string[]> { Heads, Cells("total", metrics.Total) };
        rows.AddRange(metrics.Resources.Select(metric => Cells(metric.Name, metric)));
        rows.AddRange(metrics.Holders.Select(metric => Cells("by " + metric.Name, metric)));
        var widths = Heads.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        return string.Join(Environment.NewLine, rows.Select(row => string.Join("  ", row.Select((cell, column) =>
            column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))).TrimEnd()));
    }

    private static LockMetric? Of(PSObject? shown) => shown?.BaseObject as LockMetric;

    private static string[] Cells(string name, LockMetric metric) =>
    [
        TerminalText.Line(name), Number(metric.Waits.Count), Seconds(metric.Waits.Total), Seconds(metric.Waits.Longest),
        Number(metric.Holds.Count), Seconds(metric.Holds.Total), Number(metric.Conflicts), Number(metric.Timeouts),
        Number(metric.BrokenLeases),
    ];

    private static string Number(long count) => count.ToString(CultureInfo.CurrentCulture);

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000 s", CultureInfo.CurrentCulture);
}
