using System;
using System.Collections.Generic;
using System.Threading;
using TaskLocking.Metrics;
using TaskLocking.Model;

namespace TaskLocking;

/// <content>Holding while one works.</content>
public sealed partial class TaskBoard
{
    /// <summary>
    /// Locks tasks for as long as the caller works: others' changes to them wait. Taken in ordinal order, so two callers cannot block
    /// each other for ever. Dispose the hold, or end the process, to let go.
    /// </summary>
    /// <exception cref="TaskLockingException">TaskNotFound, LockTimeout, LockRecursion (the session has one already),
    /// LockOrder (the session holds a later one).</exception>
    public TaskHold Hold(IReadOnlyList<string> ids, HoldOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (ids.Count == 0)
            throw new TaskLockingException(RefusalCode.InvalidArgument, "No task is named. Name at least one, for example T-1.");
        ids = FixedList<string>.Of(ids);
        var state = _store.Read(cancellationToken);
        foreach (var id in ids)
        {
            if (state.Find(id) is null)
                throw new TaskLockingException(new Refusal(RefusalCode.TaskNotFound, $"Task {id} not found") { TaskId = id });
        }
        return Measured(ids, (options ?? new HoldOptions()) with { }, cancellationToken);
    }

    private TaskHold Measured(IReadOnlyList<string> ids, HoldOptions options, CancellationToken cancellationToken)
    {
        var holder = options.Agent ?? Author.Default;
        var meter = new CommitMeter(_metrics, holder);
        try
        {
            var hold = _store.Locks.Hold(ids, Session, options, cancellationToken);
            foreach (var id in hold.Ids)
                _metrics.Waited(MetricName.Task(id), holder, hold.Waited);
            hold.Released = held =>
            {
                foreach (var id in hold.Ids)
                    _metrics.Held(MetricName.Task(id), holder, held);
            };
            return hold;
        }
        catch (TaskLockingException refused)
        {
            meter.Failed(refused.Refusal);
            throw;
        }
    }
}
