using System;

namespace TaskLocking;

/// <summary>How far a phase of the stress protocol is; told some times a second.</summary>
public sealed record StressProgress(StressPhase Phase, StressStep Step, double Share, long Operations, long Refused, int Kills,
    TimeSpan Elapsed) : ValueObject
{
    /// <summary>Which.</summary>
    public StressPhase Phase { get; } = Phase;

    /// <summary>What it does.</summary>
    public StressStep Step { get; } = Step;

    /// <summary>How much of its work is done, 0 to 1.</summary>
    public double Share { get; } = Share;

    /// <summary>Operations that were answered so far.</summary>
    public long Operations { get; } = Operations;

    /// <summary>How many of them were refused: the conflicts that were meant to be.</summary>
    public long Refused { get; } = Refused;

    /// <summary>Processes that were killed so far.</summary>
    public int Kills { get; } = Kills;

    /// <summary>Since the phase began.</summary>
    public TimeSpan Elapsed { get; } = Elapsed;

    /// <summary>Operations a second since the processes were let go; 0 before.</summary>
    public double Rate { get; internal init; }

    /// <summary>Which round it is, from 1; more than one only with <see cref="StressOptions.Soak"/>.</summary>
    public int Round { get; internal init; } = 1;

    /// <summary>The result of this round; only with <see cref="StressStep.Ended"/>.</summary>
    public StressPhaseReport? Report { get; internal init; }
}
