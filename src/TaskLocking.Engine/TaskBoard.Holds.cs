using System;
using System.Collections.Generic;
using System.Linq;
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
        return Hold(Known(ids, cancellationToken), options, cancellationToken);
    }

    /// <summary>
    /// Takes a place at each of some resources, and locks tasks with them: all or nothing, tasks first and both in ordinal order, so
    /// nobody waits for one who waits for him. Dispose the hold, or end the process, to let go.
    /// </summary>
    /// <param name="resources">At least one, each once. Everybody's limit holds for as long as he is in: one more gets in where the
    /// smallest that was named by him and by those who are in has room for him.</param>
    /// <param name="ids">Tasks that exist; may be none.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Ends a wait.</param>
    /// <exception cref="TaskLockingException">InvalidArgument (no name, no such limit, or a name that looks like another that is in use),
    /// TaskNotFound, LockTimeout with the holders, LockRecursion (the session holds the resource already, or one that it was started under
    /// does), LockOrder (a task after a resource).</exception>
    public TaskHold HoldResources(IReadOnlyList<ResourceLimit> resources, IReadOnlyList<string> ids, HoldOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        if (resources.Count == 0)
            throw new TaskLockingException(RefusalCode.InvalidArgument, "No resource is named. Name at least one, for example gpu.");
        if (ResourceLimit.FaultsOf(resources) is [var fault, ..])
            throw new TaskLockingException(fault);
        var items = Known(ids, cancellationToken)
            .Concat(resources.Select(resource => new HoldItem(resource.Name, resource.Limit))).ToArray();
        _store.Begin(options?.Timeout ?? TimeSpan.FromSeconds(5), options?.OnWait, cancellationToken);
        return Hold(items, options, cancellationToken);
    }

    /// <summary>Who holds resources, by name and since when. Takes no lock.</summary>
    public IReadOnlyList<ResourceUse> GetResources()
    {
        _ = _store.Read(); // A store that must not be used is refused.
        return _store.Locks.GetResources();
    }

    private HoldItem[] Known(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var items = ids.Select(id => new HoldItem(id)).ToArray();
        var state = _store.Read(cancellationToken);
        return Array.Find(items, item => state.Find(item.Name) is null) is not { Name: var id } ? items
            : throw new TaskLockingException(new Refusal(RefusalCode.TaskNotFound, $"Task {id} not found") { TaskId = id });
    }

    private TaskHold Hold(IReadOnlyList<HoldItem> items, HoldOptions? options, CancellationToken cancellationToken)
    {
        options = (options ?? new HoldOptions()) with { };
        var holder = options.Agent ?? Author.Default;
        var meter = new CommitMeter(_metrics, holder);
        try
        {
            var hold = _store.Locks.Hold(items, Session, options, cancellationToken);
            foreach (var item in hold.Items)
                _metrics.Waited(MetricName.Of(item), holder, hold.Waited);
            hold.Released = held =>
            {
                foreach (var item in hold.Items)
                    _metrics.Held(MetricName.Of(item), holder, held);
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
