using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>How large a run of the stress protocol is. The default takes about a minute on two slow cores.</summary>
public sealed record StressOptions
{
    /// <summary>All phases, in order.</summary>
    public static IReadOnlyList<StressPhase> AllPhases { get; } = [StressPhase.Define, StressPhase.Assign, StressPhase.Mixed,
        StressPhase.Topics];

    /// <summary>Those that need no folder.</summary>
    internal static IReadOnlyList<StressPhase> DatabasePhases { get; } = [StressPhase.Define, StressPhase.Assign, StressPhase.Mixed];

    /// <summary>Which phases run; they run in the order of the enumeration, each once. At least one.</summary>
    public IReadOnlyList<StressPhase> Phases { get; init => field = FixedList<StressPhase>.Of(value); } = AllPhases;

    /// <summary>How many processes work side by side in the first three phases, 2 to 100.</summary>
    public int Processes { get; init; } = 8;

    /// <summary>How many tasks the processes fight for, 4 to 10,000. Fewer make more conflicts.</summary>
    public int Tasks { get; init; } = 16;

    /// <summary>How often each process goes round in the phases define and assign, 1 to 100,000; a round is some operations.</summary>
    public int Rounds { get; init; } = 100;

    /// <summary>How long the mixed load lasts, 1 s to 24 h; starts and checks come on top.</summary>
    public TimeSpan MixedTime { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>
    /// The time between two faults of the mixed load, of which every second one is a kill: 50 ms to 1 h; zero: no faults.
    /// </summary>
    public TimeSpan KillInterval { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>How many topics each process makes, 1 to 100,000.</summary>
    public int TopicIterations { get; init; } = 100;

    /// <summary>How many processes make topics, 2 to 100.</summary>
    public int TopicProcesses { get; init; } = 10;

    /// <summary>
    /// Where the random choices start; the report tells it. Null: somewhere. The same seed makes the same choices, not the same races.
    /// </summary>
    public int? Seed { get; init; }

    /// <summary>
    /// Repeat all the phases with new seeds until this time is over, 1 s to 30 days: no phase begins after it, and each runs at least
    /// once. Null: once.
    /// </summary>
    public TimeSpan? Soak { get; init; }

    /// <summary>Leave the scratch folder in any case, not only when something failed.</summary>
    public bool KeepScratch { get; init; }

    /// <exception cref="TaskLockingException">InvalidArgument: what is out of its range, with an example that is right.</exception>
    internal void Validate()
    {
        if (Phases is null || Phases.Count == 0 || Phases.Any(phase => phase is < StressPhase.Define or > StressPhase.Topics))
            throw Invalid("No phase is named. Give define, assign, mixed or topics, or leave it out for all");
        Check("processes", Processes, 2, 100, 8);
        Check("tasks", Tasks, 4, 10_000, 16);
        Check("rounds", Rounds, 1, 100_000, 100);
        Check("topics a process", TopicIterations, 1, 100_000, 100);
        Check("processes that make topics", TopicProcesses, 2, 100, 10);
        if (MixedTime < TimeSpan.FromSeconds(1) || MixedTime > TimeSpan.FromHours(24))
            throw Invalid($"The mixed load cannot last {MixedTime}. Give 1 s to 24 h, for example 25 s");
        if (KillInterval != TimeSpan.Zero && (KillInterval < TimeSpan.FromMilliseconds(50) || KillInterval > TimeSpan.FromHours(1)))
            throw Invalid($"Faults cannot come every {KillInterval}. Give 50 ms to 1 h, for example 0.5 s, or 0 for none");
        if (Soak is { } soak && (soak < TimeSpan.FromSeconds(1) || soak > TimeSpan.FromDays(30)))
            throw Invalid($"A soak cannot last {soak}. Give 1 s to 30 days, for example 10 min");
    }

    private static void Check(string what, int value, int least, int most, int example)
    {
        if (value < least || value > most)
            throw Invalid(FormattableString.Invariant($"{value} {what} are not possible. Give {least} to {most}, for example {example}"));
    }

    private static TaskLockingException Invalid(string sentence) => new(RefusalCode.InvalidArgument, sentence + ".");
}
