using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Benchmarks.Harness;

namespace TaskLocking.Benchmarks.Goals;

/// <summary>How long the state lock was held and waited for, over all commits of all processes and rounds.</summary>
internal static class LockTimes
{
    /// <summary>Adds a remark for the holds and one for the waits; none if nobody told.</summary>
    public static void Note(Report report, string what, IReadOnlyList<GangReport> gangs)
    {
        Note(report, $"With {what} the state lock was held for", "µs", 1e3, gangs, worker => worker.Held);
        Note(report, $"With {what} the state lock was waited for", "ms", 1e6, gangs, worker => worker.Waited);
    }

    private static void Note(
        Report report, string what, string unit, double scale, IReadOnlyList<GangReport> gangs,
            Func<WorkerReport, IReadOnlyList<long>?> times)
    {
        var sorted = gangs.SelectMany(gang => gang.Workers).SelectMany(worker => times(worker) ?? []).Select(time => time / scale).Order()
            .ToList();
        if (sorted.Count > 0)
        {
            var (median, late) = (Spread.At(sorted, 0.5), Spread.At(sorted, 0.99));
            report.Note($"{what} {Spread.Text(median)} {unit} (median), {Spread.Text(late)} {unit} (99th percentile), " +
                $"{Spread.Text(sorted[^1])} {unit} (longest).");
        }
    }
}
