using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace TaskLocking.Cli.Output;

/// <summary>
/// What came of the stress protocol, for a person: a table, what was refused and what was done to it, and each violation with its excerpt.
/// </summary>
internal static class StressText
{
    private const int ShownViolations = 10;

    public static string Word(StressPhase phase) => phase.ToString().ToLowerInvariant();

    /// <summary>A phase in one line.</summary>
    public static string Line(StressPhaseReport report, int round) => string.Create(CultureInfo.InvariantCulture,
        $"{(report is { Ended: true, Violations.Count: 0 } ? "ok" : "FAILED"),-7}{Word(report.Phase)}{(round > 1 ? " " + round : "")}: " +
            $"{report.Operations} operations, {report.Rate:0}/s, {report.RefusedTotal} conflicts, {report.Kills} kills, " +
            $"{report.Violations.Count} violations, {report.Elapsed.TotalSeconds:0.0} s");

    public static void Write(StressReport report)
    {
        var table = new TextTable("Phase", "Processes", "Operations", "Answered", "Per s", "Conflicts", "Kills", "Recoveries", "P50 ms",
            "P95 ms", "P99 ms", "Max ms", "Violations");
        foreach (var phase in report.Phases)
        {
            table.Add(Word(phase.Phase), Text(phase.Processes), Text(phase.Operations), Percent(phase.SuccessRate),
                phase.Rate.ToString("0", CultureInfo.InvariantCulture),
                $"{Text(phase.RefusedTotal)} ({Percent(phase.ConflictRate)})", Text(phase.Kills), Text(phase.Recoveries),
                Time(phase.Latency.P50), Time(phase.Latency.P95), Time(phase.Latency.P99), Time(phase.Latency.Longest),
                    Text(phase.Violations.Count));
        }
        SpectreTable.Write(table);
        StandardOutput.Text(Details(report));
    }

    private static string Details(StressReport report)
    {
        var text = new StringBuilder();
        foreach (var phase in report.Phases)
        {
            var parts = phase.Refused.Select(refused => $"{refused.Count} {refused.Code}")
                .Concat(phase.Faults.Select(fault => $"{fault.Count} {fault.Name}")).ToList();
            if (parts.Count > 0)
                text.Append(Word(phase.Phase)).Append(": ").Append(string.Join(", ", parts)).Append('\n');
            foreach (var note in phase.Notes)
                text.Append(Word(phase.Phase)).Append(": ").Append(note).Append('\n');
        }
        var kinds = report.Violations.GroupBy(violation => violation.Kind).Select(group => $"{group.Count()} {group.Key}").ToList();
        text.Append(CultureInfo.InvariantCulture,
            $"Collisions {Count(report, ViolationKind.Collision)}, lost {Count(report, ViolationKind.Lost)}, doubled " +
                $"{Count(report, ViolationKind.Doubled)}, torn {Count(report, ViolationKind.Torn)}; violations: " +
                $"{(kinds.Count == 0 ? "none" : string.Join(", ", kinds))}.\n");
        var (shown, all) = (Math.Min(ShownViolations, report.Violations.Count), report.Violations);
        for (var i = 0; i < shown; i++)
            text.Append('\n').Append(all[i].Kind).Append(": ").Append(all[i].Text).Append('\n').Append(all[i].Print());
        if (all.Count > shown)
            text.Append(CultureInfo.InvariantCulture, $"\n{all.Count - shown} more: --json\n");
        text.Append(CultureInfo.InvariantCulture,
            $"{(report.Passed ? "Passed" : "FAILED")}: reliability {report.Reliability} of {report.Operations} operations, " +
                $"{report.Elapsed.TotalSeconds:0} s, seed {report.Seed}");
        if (report.Rounds > 1)
            text.Append(CultureInfo.InvariantCulture, $", {report.Rounds} rounds");
        text.Append(CultureInfo.InvariantCulture,
            $", {report.Mount ?? report.Workspace}{(report.FileSystem is null ? "" : $" ({report.FileSystem})")}.\n");
        text.Append(CultureInfo.InvariantCulture, $"Reliability: {ReliabilityScore.Definition}.\n");
        if (report.Scratch is not null)
            text.Append("Left for looking at: ").Append(report.Scratch)
                .Append(report.ScratchAddress is { } boards ? " and " + boards : "").Append('\n');
        return text.ToString();
    }

    private static int Count(StressReport report, ViolationKind kind) => report.Phases.Sum(phase => phase.Count(kind));

    private static string Percent(double share) => (Math.Floor(share * 1000) / 10).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private static string Time(TimeSpan span) => span.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Text(long count) => count.ToString(CultureInfo.InvariantCulture);
}
