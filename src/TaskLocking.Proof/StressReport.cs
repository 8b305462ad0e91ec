using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>What came of a run of the stress protocol.</summary>
public sealed record StressReport(string Workspace, int Seed, IReadOnlyList<StressPhaseReport> Phases, bool IsComplete, TimeSpan Elapsed)
    : ValueObject
{
    /// <summary>The folder beside whose store it ran, or the address of the board beside which it did.</summary>
    public string Workspace { get; } = Workspace;

    /// <summary>Where the random choices started.</summary>
    public int Seed { get; } = Seed;

    /// <summary>
    /// The phases that ran, in order; the first with a violation is the last that was begun. Of several rounds each is the sum.
    /// </summary>
    public IReadOnlyList<StressPhaseReport> Phases { get; } = FixedList<StressPhaseReport>.Of(Phases);

    /// <summary>All phases that were asked for were run.</summary>
    public bool IsComplete { get; } = IsComplete;

    /// <summary>From the start of the first process to the end of the last check.</summary>
    public TimeSpan Elapsed { get; } = Elapsed;

    /// <summary>The exit code of a run that did not pass; refusals have 2 to 11.</summary>
    public const int PromiseBroken = 12;

    /// <summary>The folder that was left for looking at; null if it was removed.</summary>
    public string? Scratch { get; internal init; }

    /// <summary>Of boards in a database the address of one, where they were left for looking at; null if they were removed.</summary>
    public string? ScratchAddress { get; internal init; }

    /// <summary>Where the mount is, as far as the system tells.</summary>
    public string? Mount { get; internal init; }

    /// <summary>Its file system, as far as the system tells.</summary>
    public string? FileSystem { get; internal init; }

    /// <summary>How many rounds were begun; more than one only with <see cref="StressOptions.Soak"/>.</summary>
    public int Rounds { get; internal init; } = 1;

    /// <summary>Operations of all phases.</summary>
    public long Operations => Phases.Sum(phase => phase.Operations);

    /// <summary>Violations of all phases.</summary>
    public IReadOnlyList<Violation> Violations => FixedList<Violation>.Of(Phases.SelectMany(phase => phase.Violations));

    /// <summary>The reliability of the whole run.</summary>
    public ReliabilityScore Reliability => ReliabilityScore.Of(Operations, Violations);

    /// <summary>True only when every phase ended and no promise was broken.</summary>
    public bool Passed => IsComplete && Phases.Count > 0 && Phases.All(phase => phase is { Ended: true, Violations.Count: 0 });
}
