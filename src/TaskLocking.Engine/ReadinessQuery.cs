using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Board;
using TaskLocking.Model;
using TaskLocking.Paths;
using TaskLocking.Ready;
using TaskLocking.Rules;

namespace TaskLocking;

/// <summary>What can be taken now, and why a task cannot.</summary>
internal static class ReadinessQuery
{
    /// <summary>The ready tasks by priority, then age, then document order.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public static IReadOnlyList<AgentTask> Select(ITaskState state, ReadyQuery query, DateTimeOffset now, ILiveness liveness,
        FileComparison comparison)
    {
        if (query.First < 0)
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"{query.First} tasks cannot be given. Ask for 1 or more, for example 10.");
        var graph = ReadyQueue.GraphOf(state);
        var agent = ViewOf(state, graph, query);
        var judge = new ReadinessJudge(state, graph, now, liveness, comparison);
        var ready = graph.Open.Where(task => ReadyQueue.IsMeant(task, query) && judge.IsReady(task, agent));
        return FamilyQueries.Tallied(state, (query.First is { } first ? ready.Take(first) : ready).ToList());
    }

    /// <summary>Everything that keeps a task from being taken, the lock of the task included.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument, TaskNotFound.</exception>
    public static Readiness Explain(
        ITaskState state, string id, ReadyQuery query, DateTimeOffset now, ILiveness liveness, FileComparison comparison,
            ITaskLocks locks, LockSession session)
    {
        if (TaskFields.NamedId(id) is { } fault)
            throw new TaskLockingException(TaskRefusals.Invalid(id, fault));
        var task = state.Find(id) ?? throw new TaskLockingException(TaskRefusals.NotFound(id));
        var graph = ReadyQueue.GraphOf(state);
        var judge = new ReadinessJudge(state, graph, now, liveness, comparison);
        var reasons = judge.Reasons(task, ViewOf(state, graph, query)).ToList();
        if (locks.FindHeld([id], session) is not null)
            reasons.Add(ReadinessReasons.TaskHeld(locks.HolderOf(id)));
        return new Readiness(id, reasons.Count == 0, reasons);
    }

    private static AgentView? ViewOf(ITaskState state, TaskGraph graph, ReadyQuery query)
    {
        if (query.Agent is null)
            return null;
        if (NewNames.NamedAgent(state, query.Agent) is { } fault)
            throw new TaskLockingException(RefusalCode.InvalidArgument, fault);
        return AgentView.Of(state, graph, query.Agent, query.Capabilities);
    }
}
