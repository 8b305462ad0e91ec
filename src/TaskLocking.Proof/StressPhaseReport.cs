using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Metrics;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>What came of one phase of the stress protocol.</summary>
public sealed record StressPhaseReport(StressPhase Phase, int Processes, TimeSpan Worked, TimeSpan Elapsed) : ValueObject
{
    /// <summary>Which.</summary>
    public StressPhase Phase { get; internal init; } = Phase;

    /// <summary>How many worked side by side.</summary>
    public int Processes { get; internal init; } = Processes;

    /// <summary>From the moment they were let go to the end of the last.</summary>
    public TimeSpan Worked { get; internal init; } = Worked;

    /// <summary>All of it, start and checks included.</summary>
    public TimeSpan Elapsed { get; internal init; } = Elapsed;

    /// <summary>What was asked; a batch is one operation.</summary>
    public long Operations { get; internal init; }

    /// <summary>Of these, how many were answered: with success or with a refusal. The others were cut off by a kill.</summary>
    public long Answered { get; internal init; }

    /// <summary>How many were refused, by code: the conflicts that were meant to be.</summary>
    public IReadOnlyList<RefusalCount> Refused { get; internal init => field = FixedList<RefusalCount>.Of(value); } = [];

    /// <summary>Processes that were killed.</summary>
    public int Kills { get; internal init; }

    /// <summary>Faults that were made beside the kills, by name.</summary>
    public IReadOnlyList<FaultCount> Faults { get; internal init => field = FixedList<FaultCount>.Of(value); } = [];

    /// <summary>Torn ends that were cut and broken documents that were replaced, as far as the store kept them aside.</summary>
    public int Recoveries { get; internal init; }

    /// <summary>How long the operations took that were answered.</summary>
    public DurationMetric Latency => Times.ToMetric();

    /// <summary>The promises that were broken; each finding once.</summary>
    public IReadOnlyList<Violation> Violations { get; internal init => field = FixedList<Violation>.Of(value); } = [];

    /// <summary>What could not be tried here, or the checker could not decide, in sentences.</summary>
    public IReadOnlyList<string> Notes => Uncertain == 0 ? Told
        : FixedList<string>.Of([.. Told,
            FormattableString.Invariant($"{Uncertain} answers were that nobody knows: {Standing} of these changes stand.")]);

    /// <summary>The phase came to its end; false when it was broken off.</summary>
    public bool Ended { get; internal init; }

    /// <summary>Operations a second while they worked.</summary>
    public double Rate => Worked > TimeSpan.Zero ? Answered / Worked.TotalSeconds : 0;

    /// <summary>How many of the answers were refusals, 0 to 1.</summary>
    public double ConflictRate => Answered > 0 ? (double)RefusedTotal / Answered : 0;

    /// <summary>
    /// How much of what was asked was answered, by success or by a refusal that was meant to be, 0 to 1; the rest was cut off by a kill.
    /// </summary>
    public double SuccessRate => Operations > 0 ? (double)Answered / Operations : 0;

    /// <summary>All refusals together.</summary>
    public long RefusedTotal => Refused.Sum(refused => refused.Count);

    internal DurationHistogram Times { get; init; } = new();

    /// <summary>The notes without those that are counted.</summary>
    internal IReadOnlyList<string> Told { get; init => field = FixedList<string>.Of(value); } = [];

    /// <summary>So many changes ended with the answer that nobody knows.</summary>
    internal int Uncertain { get; init; }

    /// <summary>Of these, how many stand: in the end everybody can see it.</summary>
    internal int Standing { get; init; }

    /// <summary>How many violations are of a kind.</summary>
    public int Count(ViolationKind kind) => Violations.Count(violation => violation.Kind == kind);

    /// <summary>This and a later round of the same phase as one.</summary>
    internal StressPhaseReport With(StressPhaseReport later)
    {
        var times = new DurationHistogram();
        times.Add(Times);
        times.Add(later.Times);
        return new StressPhaseReport(Phase, Processes, Worked + later.Worked, Elapsed + later.Elapsed)
        {
            Operations = Operations + later.Operations,
            Answered = Answered + later.Answered,
            Refused = Refused.Concat(later.Refused).GroupBy(refused => refused.Code)
                .Select(group => new RefusalCount(group.Key, group.Sum(refused => refused.Count)))
                .OrderByDescending(refused => refused.Count).ToList(),
            Kills = Kills + later.Kills,
            Faults = Faults.Concat(later.Faults).GroupBy(fault => fault.Name, StringComparer.Ordinal)
                .Select(group => new FaultCount(group.Key, group.Sum(fault => fault.Count))).ToList(),
            Recoveries = Recoveries + later.Recoveries,
            Times = times,
            Violations = [.. Violations, .. later.Violations],
            Told = Told.Union(later.Told, StringComparer.Ordinal).ToList(),
            Uncertain = Uncertain + later.Uncertain,
            Standing = Standing + later.Standing,
            Ended = Ended && later.Ended,
        };
    }
}
