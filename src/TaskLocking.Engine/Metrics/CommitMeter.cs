using System;
using System.Collections.Generic;
using System.Diagnostics;
using TaskLocking.Locking;
using TaskLocking.Model;

namespace TaskLocking.Metrics;

/// <summary>Reads from one request's report, answer or failure what metrics count. Looks when it is over, outside every lock.</summary>
/// <param name="log">Where it goes.</param>
/// <param name="holder">Who asked.</param>
internal sealed class CommitMeter(MetricsLog log, string holder)
{
    private readonly long _began = Stopwatch.GetTimestamp();

    /// <summary>The commit's report; nothing is counted where no lock was needed.</summary>
    public void Committed(CommitReport report)
    {
        if (report.Held > TimeSpan.Zero)
            log.Freed(MetricName.State, holder, report.Waited, report.Held);
        if (!report.Wrote)
            return;
        foreach (var item in report.Ended)
            log.Broke(item.Kind == MaintenanceKind.FileLeaseEnded ? MetricName.File(item.Subject) : MetricName.Task(item.Subject),
                item.Agent ?? holder);
    }

    /// <summary>The refusals in an answer.</summary>
    public void Answered(object? answer)
    {
        switch (answer)
        {
            case IReadOnlyList<TaskOutcome> outcomes:
                Count(outcomes);
                break;
            case CompletionAnswer completion:
                Count(completion.Completed);
                break;
            case AssignmentResult result:
                Count(result.Failed);
                break;
            case FileLeaseAnswer files:
                foreach (var refusal in files.Refused)
                    Count(refusal);
                break;
        }
    }

    /// <summary>The failure of the whole request.</summary>
    public void Failed(Refusal refusal)
    {
        if (refusal.Code == RefusalCode.LockTimeout)
            log.TimedOut(MetricName.Of(refusal)!, holder, Deadline.Since(_began));
        else
            Count(refusal);
    }

    private void Count(IReadOnlyList<TaskOutcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            if (outcome.Refusal is { } refusal)
                Count(refusal);
        }
    }

    private void Count(Refusal refusal)
    {
        if (IsConflict(refusal.Code) && MetricName.Of(refusal) is { } resource)
            log.Conflicted(resource, holder, refusal.Code);
    }

    // Those in which somebody else was first; BatchRefused only follows from one of them.
    private static bool IsConflict(RefusalCode code) => code is RefusalCode.TaskAlreadyDefined or RefusalCode.TaskAlreadyAssigned
        or RefusalCode.FileLocked or RefusalCode.VersionChanged or RefusalCode.LeaseLost or RefusalCode.NotOwner;
}
