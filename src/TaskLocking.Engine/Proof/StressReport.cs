using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Proof;

/// <summary>What came of a run of the stress protocol.</summary>
/// <param name="Workspace">The folder beside whose store it ran.</param>
/// <param name="Seed">Where the random choices started.</param>
/// <param name="Phases">The phases that ran, in order; the first with a violation is the last that was begun. Of several rounds each is the sum.</param>
/// <param name="IsComplete">All phases that were asked for were run.</param>
/// <param name="Elapsed">From the start of the first process to the end of the last check.</param>
public sealed record StressReport(string Workspace, int Seed, IReadOnlyList<StressPhaseReport> Phases, bool IsComplete, TimeSpan Elapsed)
{
    /// <summary>The exit code of a run that did not pass; refusals have 2 to 11.</summary>
    public const int PromiseBroken = 12;

    /// <summary>The folder that was left for looking at; null if it was removed.</summary>
    public string? Scratch { get; init; }

    /// <summary>Where the mount is, as far as the system tells.</summary>
    public string? Mount { get; init; }

    /// <summary>Its file system, as far as the system tells.</summary>
    public string? FileSystem { get; init; }

    /// <summary>How many rounds were begun; more than one only with <see cref="StressOptions.Soak"/>.</summary>
    public int Rounds { get; init; } = 1;

    /// <summary>Operations of all phases.</summary>
    public long Operations => Phases.Sum(phase => phase.Operations);

    /// <summary>Violations of all phases.</summary>
    public IReadOnlyList<Violation> Violations => Phases.SelectMany(phase => phase.Violations).ToList();

    /// <summary>The reliability of the whole run.</summary>
    public ReliabilityScore Reliability => ReliabilityScore.Of(Operations, Violations);

    /// <summary>True only when every phase ended and no promise was broken.</summary>
    public bool Passed => IsComplete && Phases.Count > 0 && Phases.All(phase => phase is { Ended: true, Violations.Count: 0 });
}
