using System;
using System.Collections.Generic;
using System.Threading;
using TaskLocking.Board;
using TaskLocking.Locking;
using TaskLocking.Model;
using TaskLocking.Ready;
using TaskLocking.Rules;
using TaskLocking.Workspaces;

namespace TaskLocking;

/// <summary>
/// A nightly run: maintenance in one commit, then one commit for each task that is given away, until nothing fits. Each commit decides on
/// the newest state, so two runs at once give no task twice and keep the limits together. A task that somebody holds is passed over; what
/// was done before a failure stays done.
/// </summary>
internal sealed class NightlyRun(TaskBoard board, ITaskStore store, TimeProvider clock, ILiveness liveness, FilePaths files)
{
    // Long enough for a crowd at the state lock; a task is held for minutes, or for a moment.
    private static readonly TimeSpan ShortWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);

    private readonly KnownLiveness _liveness = new(liveness);
    private readonly TaskHolds _holds = board.Holds;
    private readonly Dictionary<string, string> _passedOver = new(StringComparer.Ordinal);

    /// <exception cref="TaskLockingException">InvalidArgument, AgentNotFound, and what any commit may meet but held tasks.</exception>
    public AssignmentRun Run(AssignmentRunRequest request, CommitOptions options, CancellationToken cancellationToken)
    {
        var started = clock.GetUtcNow();
        var run = new AssignmentRun { Started = started, WhatIf = request.WhatIf };
        var state = store.Read(cancellationToken);
        // What cannot be meant is refused before anything is done.
        _ = PlaceTaskRule.Pool(state, request);
        if (request.ArchiveAfter < TimeSpan.Zero)
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                "The time since tasks were closed is negative. Give one from 0 on, for example 30 days.");
        if (request.WhatIf)
            return Preview(run, state, request, options, cancellationToken);
        var skipped = new List<SkippedTask>();
        var maintenance = Maintain(options, skipped, cancellationToken);
        var assigned = new List<PlannedAssignment>();
        var archived = new List<string>();
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var placement = Patiently(new PlaceTaskRule(request, _passedOver, _liveness, files.Compare()), options, cancellationToken,
                    out var held);
                if (placement is null)
                {
                    _passedOver[held!.TaskId!] = held.Message;
                    continue;
                }
                skipped.AddRange(placement.Skipped);
                if (placement.Assigned is null)
                    return Done(Archive(request, options, archived, cancellationToken));
                assigned.Add(placement.Assigned);
            }
        }
        catch (TaskLockingException stopped) when (assigned.Count > 0 || maintenance.Count > 0)
        {
            return Done(stopped.Refusal);
        }

        AssignmentRun Done(Refusal? stopped) => Recorded(
            run with { Maintenance = maintenance, Assigned = assigned, Skipped = skipped, Archived = archived, Stopped = stopped },
            request.Swarm, options);
    }

    // One commit at the end. Where nothing was ever committed a run that did nothing begins no store, for that is often another folder
    // than the one that was meant. What was done stays so if the record cannot be left, and nobody waits long for it.
    private AssignmentRun Recorded(AssignmentRun run, string? swarm, CommitOptions options)
    {
        if (RecordRunRule.IsIdle(run) && store.Read(CancellationToken.None).Version == 0)
            return run;
        var wait = options.Timeout is { } timeout && timeout != Timeout.InfiniteTimeSpan && timeout < ShortWait ? timeout : ShortWait;
        try
        {
            board.Transact(new RecordRunRule(run, swarm), 1, options with { Timeout = wait }, CancellationToken.None);
            return run;
        }
        catch (TaskLockingException refused)
        {
            return run with { Stopped = run.Stopped ?? refused.Refusal };
        }
    }

    // What is assigned stays so, whatever keeps the archive from being written: that is told.
    private Refusal? Archive(AssignmentRunRequest request, CommitOptions options, List<string> archived,
        CancellationToken cancellationToken)
    {
        if (request.ArchiveAfter is not { } after)
            return null;
        try
        {
            archived.AddRange(board.ArchiveTasks(new ArchiveRequest { OlderThan = after, Swarm = request.Swarm },
                options with { WhatIf = request.WhatIf }, cancellationToken).Archived);
            return null;
        }
        catch (TaskLockingException refused)
        {
            return refused.Refusal;
        }
    }

    private IReadOnlyList<MaintenanceItem> Maintain(CommitOptions options, List<SkippedTask> skipped, CancellationToken cancellationToken)
    {
        if (Patiently(new MaintenanceRule(_liveness, _holds), options, cancellationToken, out var held) is { } items)
            return items;
        skipped.Add(new SkippedTask(held!.TaskId!, $"Maintenance is put off until the next run: {held.Message}"));
        return [];
    }

    // Null if somebody holds a task that it is about.
    private TAnswer? Patiently<TAnswer>(ITaskRule<TAnswer> rule, CommitOptions options, CancellationToken cancellationToken,
        out Refusal? held)
        where TAnswer : class
    {
        held = null;
        var timeout = options.Timeout ?? DefaultTimeout;
        var wait = timeout == Timeout.InfiniteTimeSpan || timeout > ShortWait ? ShortWait : timeout;
        var clockOfWait = new Backoff(timeout);
        for (; ; wait = clockOfWait.Remaining)
        {
            try
            {
                return board.Transact(rule, 1, options with { Timeout = wait }, cancellationToken);
            }
            catch (TaskLockingException refused) when (HoldRefusals.IsAboutLock(refused.Refusal))
            {
                held = refused.Refusal;
                return null;
            }
            catch (TaskLockingException refused) when (refused.Refusal.Code == RefusalCode.LockTimeout
                && clockOfWait.Remaining != TimeSpan.Zero)
            {
                // The state lock was not to be had in the time for a task: now as long as the caller wants.
            }
        }
    }

    // The same decisions on one draft. Whether a task is held is seen at its lock file, as a commit sees it.
    private AssignmentRun Preview(AssignmentRun run, ITaskState read, AssignmentRunRequest request, CommitOptions options,
        CancellationToken cancellationToken)
    {
        var state = new DetachedState(read);
        while (true)
        {
            var draft = new TaskDraft(state, run.Started, options.By ?? Author.Default, state.Version + 1, archive: store.Archive);
            var maintenance = MaintenanceRule.Run(draft, _liveness, _holds);
            var rule = new PlaceTaskRule(request, _passedOver, _liveness, files.Compare());
            var assigned = new List<PlannedAssignment>();
            Placement placement;
            while ((placement = rule.Decide(draft)).Assigned is { } next)
            {
                cancellationToken.ThrowIfCancellationRequested();
                assigned.Add(next);
            }
            string? obstacle = null;
            if (assigned.Find(each => (obstacle = _holds.Obstacle(each.TaskId)) is not null) is not { } held)
            {
                var archived = new List<string>();
                var stopped = Archive(request, options, archived, cancellationToken);
                return run with
                {
                    Maintenance = maintenance,
                    Assigned = assigned,
                    Skipped = placement.Skipped,
                    Archived = archived,
                    Stopped = stopped,
                };
            }
            var holder = store.Locks.HolderOf(held.TaskId);
            _passedOver[held.TaskId] =
                $"Task {held.TaskId} is passed over: {obstacle}{(holder == LockHolder.Unknown ? "" : " (" + holder + ")")}.";
        }
    }
}
