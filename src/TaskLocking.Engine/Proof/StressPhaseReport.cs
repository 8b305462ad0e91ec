using System;
using System.Collections.Generic;
using TaskLocking.Diagnostics;

namespace TaskLocking.Proof;

/// <summary>What came of one phase of the stress protocol.</summary>
/// <param name="Phase">Which.</param>
/// <param name="Processes">How many worked side by side.</param>
/// <param name="Worked">From the moment they were let go to the end of the last.</param>
/// <param name="Elapsed">All of it, start and checks included.</param>
public sealed record StressPhaseReport(StressPhase Phase, int Processes, TimeSpan Worked, TimeSpan Elapsed)
{
    /// <summary>What was asked; a batch is one operation.</summary>
    public long Operations { get; init; }

    /// <summary>Of these, how many were answered: with success or with a refusal. The others were cut off by a kill.</summary>
    public long Answered { get; init; }

    /// <summary>How many were refused, by code: the conflicts that were meant to be.</summary>
    public IReadOnlyList<RefusalCount> Refused { get; init; } = [];

    /// <summary>Processes that were killed.</summary>
    public int Kills { get; init; }

    /// <summary>Faults that were made beside the kills, by name.</summary>
    public IReadOnlyList<FaultCount> Faults { get; init; } = [];

    /// <summary>Torn ends that were cut and broken documents that were replaced, as far as the store kept them aside.</summary>
    public int Recoveries { get; init; }

    /// <summary>How long the operations took that were answered.</summary>
    public DurationMetric Latency { get; init; } = new(0, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>The promises that were broken; each finding once.</summary>
    public IReadOnlyList<Violation> Violations { get; init; } = [];

    /// <summary>What could not be tried here, or the checker could not decide, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The phase came to its end; false when it was broken off.</summary>
    public bool Ended { get; init; }

    /// <summary>Operations a second while they worked.</summary>
    public double Rate => Worked > TimeSpan.Zero ? Answered / Worked.TotalSeconds : 0;

    /// <summary>How many of the answers were refusals, 0 to 1.</summary>
    public double ConflictRate => Answered > 0 ? (double)RefusedTotal / Answered : 0;

    /// <summary>All refusals together.</summary>
    public long RefusedTotal
    {
        get
        {
            var total = 0L;
            foreach (var refused in Refused)
                total += refused.Count;
            return total;
        }
    }

    /// <summary>How many violations are of a kind.</summary>
    public int Count(ViolationKind kind)
    {
        var count = 0;
        foreach (var violation in Violations)
            count += violation.Kind == kind ? 1 : 0;
        return count;
    }
}
