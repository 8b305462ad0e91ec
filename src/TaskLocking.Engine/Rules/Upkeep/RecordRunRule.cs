using System;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>
/// Records a nightly run beside the tasks. One that found nothing to do is not worth a line, nor a new document, soon after another: the
/// record that is there then stays, and is the answer.
/// </summary>
/// <param name="run">What it did.</param>
/// <param name="swarm">The swarm that it was for; null for all tasks.</param>
internal sealed class RecordRunRule(AssignmentRun run, string? swarm) : ITaskRule<AssignmentRunRecord>
{
    /// <summary>So long a record tells of the runs after it that found nothing to do.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMinutes(15);

    /// <summary>Whether a run has changed nothing, and nothing kept it from that.</summary>
    public static bool IsIdle(AssignmentRun run) =>
        run.Maintenance.Count == 0 && run.Assigned.Count == 0 && run.Archived.Count == 0 && run.Stopped is null;

    public AssignmentRunRecord Decide(TaskDraft draft)
    {
        var last = draft.LastRun;
        // A clock that was put back makes no record stay for ever.
        if (IsIdle(run) && last is { Stopped: null } && last.Swarm == swarm && (draft.Now - last.Finished).Duration() < Quiet)
            return last;
        var succeeded = run.Stopped is null ? draft.Now : last?.Succeeded;
        var record = new AssignmentRunRecord(
            new AssignmentRunRecord(StoredForm.Of(run.Started), draft.Now, draft.By, swarm, succeeded, run.Stopped?.Message),
            run.Maintenance.Count, run.Assigned.Count, run.Skipped.Count, run.Archived.Count);
        draft.Put(record);
        return record;
    }
}
