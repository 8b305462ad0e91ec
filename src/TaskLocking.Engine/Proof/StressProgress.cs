using System;

namespace TaskLocking.Proof;

/// <summary>How far a phase of the stress protocol is; told some times a second.</summary>
/// <param name="Phase">Which.</param>
/// <param name="Step">What it does.</param>
/// <param name="Share">How much of its work is done, 0 to 1.</param>
/// <param name="Operations">Operations that were answered so far.</param>
/// <param name="Refused">How many of them were refused: the conflicts that were meant to be.</param>
/// <param name="Kills">Processes that were killed so far.</param>
/// <param name="Elapsed">Since the phase began.</param>
public sealed record StressProgress(StressPhase Phase, StressStep Step, double Share, long Operations, long Refused, int Kills, TimeSpan Elapsed)
{
    /// <summary>Operations a second since the processes were let go; 0 before.</summary>
    public double Rate { get; init; }

    /// <summary>Which round it is, from 1; more than one only with <see cref="StressOptions.Soak"/>.</summary>
    public int Round { get; init; } = 1;

    /// <summary>The result of this round; only with <see cref="StressStep.Ended"/>.</summary>
    public StressPhaseReport? Report { get; init; }
}
