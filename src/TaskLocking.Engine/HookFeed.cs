using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using TaskLocking.Board;
using TaskLocking.Model;
using TaskLocking.Ready;

namespace TaskLocking;

/// <summary>
/// What people want to be told of a board, as it comes: tasks that failed, work to approve, tasks that are stuck, swarms that are done. It
/// follows the commits (<see cref="TaskFeed"/>) and compares what is stuck and done after them with what was.
/// </summary>
/// <remarks>
/// <para>Calling sequence: <see cref="TaskBoard.OpenHookFeed"/>, <see cref="Read"/> until it gives nothing, <see cref="Wait"/>, read again.
/// Who keeps <see cref="Position"/> goes on behind it. One thread at a time.</para>
/// <para>Failure modes: where the board was put back meanwhile, failures and reviews that came in between are not told; what is stuck and
/// done is compared as always.</para>
/// </remarks>
public sealed class HookFeed : IDisposable
{
    private const int AtOnce = 1000;

    private readonly ITaskStore _store;
    private readonly TaskFeed _feed;

    internal HookFeed(ITaskStore store, HookPosition? position)
    {
        _store = store;
        Position = position ?? PositionOf(store.Read());
        _feed = new TaskFeed(store, Position.Version);
    }

    /// <summary>What was looked at so far.</summary>
    public HookPosition Position { get; private set; }

    /// <summary>What came since, in its order; empty if nothing did. Does not wait.</summary>
    /// <param name="cancellationToken">Ends a wait for a server.</param>
    /// <exception cref="TaskLockingException">As <see cref="TaskFeed.Read"/>.</exception>
    public IReadOnlyList<HookEvent> Read(CancellationToken cancellationToken = default)
    {
        while (_feed.Read(AtOnce, cancellationToken) is { Count: > 0 } events)
        {
            var found = Found(events, _store.Read(cancellationToken));
            if (found.Count > 0)
                return FixedList<HookEvent>.Of(found);
        }
        return FixedList<HookEvent>.None;
    }

    /// <inheritdoc cref="TaskFeed.Wait"/>
    public bool Wait(TimeSpan atMost, CancellationToken cancellationToken = default) => _feed.Wait(atMost, cancellationToken);

    /// <summary>Closes it.</summary>
    public void Dispose() => _feed.Dispose();

    private static HookPosition PositionOf(ITaskState state) => new(state.Version, [.. Stuck(state).Select(stuck => stuck.TaskId)],
        DoneSwarms(state));

    private static IReadOnlyList<StuckTask> Stuck(ITaskState state) => StuckQuery.Of(state, ReadyQueue.GraphOf(state));

    private static List<string> DoneSwarms(ITaskState state) =>
        [.. state.Tasks.Where(task => !string.IsNullOrEmpty(task.Swarm)).GroupBy(task => task.Swarm!, StringComparer.Ordinal)
            .Where(swarm => swarm.All(task => task.Status is AgentTaskStatus.Done or AgentTaskStatus.Cancelled)
                && swarm.Any(task => task.Status == AgentTaskStatus.Done))
            .Select(swarm => swarm.Key)];

    private List<HookEvent> Found(IReadOnlyList<TaskEvent> events, ITaskState state)
    {
        var found = events.SelectMany(told => told.Changes.Select(change => Of(told, change, state))).OfType<HookEvent>().ToList();
        var last = events[events.Count - 1];
        var (stuck, done) = (Stuck(state), DoneSwarms(state));
        found.AddRange(stuck.Where(each => !Position.Stuck.Contains(each.TaskId, StringComparer.Ordinal))
            .Select(each => new HookEvent(HookEventKind.Stuck, last.Version)
            {
                TaskId = each.TaskId,
                Swarm = state.Find(each.TaskId)?.Swarm,
                Reasons = each.Reasons,
            }));
        found.AddRange(done.Except(Position.DoneSwarms, StringComparer.Ordinal)
            .Select(swarm => new HookEvent(HookEventKind.SwarmDone, last.Version) { Swarm = swarm, Time = last.Time, By = last.By }));
        Position = new HookPosition(last.Version, [.. stuck.Select(each => each.TaskId)], done);
        return found;
    }

    private static HookEvent? Of(TaskEvent told, TaskEventChange change, ITaskState state)
    {
        HookEventKind? kind = change.Kind switch
        {
            TaskEventKind.Failed => HookEventKind.Failed,
            TaskEventKind.Submitted => HookEventKind.Review,
            _ => null,
        };
        return kind is not { } known ? null : new HookEvent(known, told.Version)
        {
            Time = told.Time,
            By = told.By,
            TaskId = change.TaskId,
            Swarm = change.TaskId is { } id ? state.Find(id)?.Swarm : null,
            Agent = change.Agent,
            Reasons = change.Reason is { } reason ? [reason] : [],
        };
    }
}
