using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Diagnostics;
using TaskLocking.Leases;
using TaskLocking.Locking;
using TaskLocking.Tasks;

namespace TaskLocking.Scheduling;

/// <summary>What can be taken now, and why a task cannot.</summary>
internal static class ReadyQueue
{
    /// <summary>The ready tasks by priority, then age, then document order.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public static IReadOnlyList<AgentTask> Select(ITaskState state, ReadyQuery query, DateTimeOffset now, ILiveness liveness,
        StringComparison comparison)
    {
        if (query.First < 0)
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"{query.First} tasks cannot be given. Ask for 1 or more, for example 10.");
        var graph = GraphOf(state);
        var agent = ViewOf(state, graph, query);
        var judge = new ReadinessJudge(state, graph, now, liveness, comparison);
        var ready = graph.Open.Where(task => IsMeant(task, query) && judge.IsReady(task, agent));
        return (query.First is { } first ? ready.Take(first) : ready).ToList();
    }

    /// <summary>Everything that keeps a task from being taken, the lock of the task included.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument, TaskNotFound.</exception>
    public static Readiness Explain(
        ITaskState state, string id, ReadyQuery query, DateTimeOffset now, ILiveness liveness, StringComparison comparison,
            string locksFolder, LockSession session)
    {
        if (TaskFields.NamedId(id) is { } fault)
            throw new TaskLockingException(TaskRefusals.Invalid(id, fault));
        var task = state.Find(id) ?? throw new TaskLockingException(TaskRefusals.NotFound(id));
        var graph = GraphOf(state);
        var judge = new ReadinessJudge(state, graph, now, liveness, comparison);
        var reasons = judge.Reasons(task, ViewOf(state, graph, query)).ToList();
        if (HeldTasks.FindHeld(locksFolder, [id], session) is { } held)
            reasons.Add(ReadinessReasons.TaskHeld(HolderFile.Read(held).Holder));
        return new Readiness(id, reasons.Count == 0, reasons);
    }

    /// <summary>The graph that the state keeps, else one for this question.</summary>
    public static TaskGraph GraphOf(ITaskState state) => (state as IGraphSource)?.Graph ?? new TaskGraph(state.Tasks);

    /// <summary>Whether a task has the swarm and all the tags that are asked for.</summary>
    public static bool IsMeant(AgentTask task, ReadyQuery query) =>
        (query.Swarm is null || string.Equals(task.Swarm, query.Swarm, StringComparison.Ordinal))
        && (query.Tags.Count == 0 || query.Tags.All(tag => task.Tags.Contains(tag, StringComparer.Ordinal)));

    private static AgentView? ViewOf(ITaskState state, TaskGraph graph, ReadyQuery query)
    {
        if (query.Agent is null)
            return null;
        if (NewNames.NamedAgent(state, query.Agent) is { } fault)
            throw new TaskLockingException(RefusalCode.InvalidArgument, fault);
        return AgentView.Of(state, graph, query.Agent, query.Capabilities);
    }
}
