using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Paths;
using TaskLocking.Rules;

namespace TaskLocking.Ready;

/// <summary>
/// The one place that judges whether a task can be taken: by anybody (no agent), or by one agent. Whoever has it assigned can take it,
/// so an assignment stands in the way of others only; a claim that has lapsed, and the assignment that came with it, in nobody's.
/// Task locks are not looked at: they are no part of the state.
/// </summary>
internal sealed class ReadinessJudge(ITaskState state, TaskGraph graph, DateTimeOffset now, ILiveness liveness, FileComparison comparison)
{
    /// <summary>Whether there is no reason against it; stops at the first.</summary>
    /// <param name="task">A task of the state.</param>
    /// <param name="agent">Null: could anybody take it.</param>
    /// <param name="ignoreFiles">Files that others have do not count (<see cref="FileOverlap.Warn"/>).</param>
    public bool IsReady(AgentTask task, AgentView? agent, bool ignoreFiles = false) =>
        task.Status == AgentTaskStatus.Todo
        && task.BlockedBy is null
        && task.IsUnderstood
        && graph.UnmetOf(task.Id) == 0
        && (!graph.HasParents || graph.OpenChildCountOf(task.Id) == 0)
        && !(task.NotBefore > now)
        && PauseOf(task) is null
        && LiveClaim(task) is null
        && (agent is null || (agent.Lacks(task) is null && agent.IsAllowed(task) && IsFreeFor(task, agent) && !agent.IsFull
            && (ignoreFiles || Conflicts(task, agent.Worker).Count == 0)));

    /// <summary>Everything that stands in the way, dependencies first.</summary>
    public IEnumerable<ReadinessReason> Reasons(AgentTask task, AgentView? agent)
    {
        if (task.Status != AgentTaskStatus.Todo && task.BlockedBy is null)
            yield return ReadinessReasons.Status(task);
        foreach (var reason in Dependencies(task))
            yield return reason;
        foreach (var text in task.NotUnderstood)
            yield return ReadinessReasons.NotUnderstood(text);
        if (task.NotBefore > now)
            yield return ReadinessReasons.NotBefore(task);
        if (PauseOf(task) is { } pause)
            yield return ReadinessReasons.Paused(pause);
        if (LiveClaim(task) is { } claim)
            yield return ReadinessReasons.Claimed(claim);
        if (agent is null)
            yield break;
        if (!IsFreeFor(task, agent))
            yield return ReadinessReasons.Assigned(task);
        foreach (var missing in agent.Missing(task))
            yield return ReadinessReasons.Lacks(agent, missing);
        if (!agent.IsAllowed(task))
            yield return ReadinessReasons.NotAllowed(task, agent);
        if (agent.IsFull)
            yield return ReadinessReasons.Full(agent);
        foreach (var conflict in Conflicts(task, agent.Worker))
            yield return ReadinessReasons.FileHeld(conflict);
    }

    /// <summary>
    /// The reasons that lie in what it waits for: each unmet, missing or failed dependency, its children, and a circle.
    /// </summary>
    public IEnumerable<ReadinessReason> Dependencies(AgentTask task)
    {
        var isExplained = task.BlockedBy is null;
        foreach (var id in task.Dependencies.Distinct(StringComparer.Ordinal))
        {
            var dependency = state.Find(id);
            if (dependency?.IsMet == true)
                continue;
            isExplained |= dependency?.IsCause == true;
            yield return ReadinessReasons.Dependency(id, dependency);
        }
        if (graph.OpenChildrenOf(task.Id) is { Count: > 0 } children)
            yield return ReadinessReasons.ChildrenOpen(children, state);
        // Only a file from elsewhere tells of a failure that is none of its dependencies'.
        if (!isExplained)
            yield return ReadinessReasons.Blocked(task.BlockedBy!);
        if ((graph.UnmetOf(task.Id) > 0 || graph.OpenChildCountOf(task.Id) > 0) && graph.CycleOf(task.Id) is { Count: > 0 } circle)
            yield return ReadinessReasons.Cycle(circle);
    }

    /// <summary>The leases of others on files that the task touches.</summary>
    public IReadOnlyList<FileConflict> Conflicts(AgentTask task, Worker worker) =>
        task.Files.Count == 0 || state.FileLeases.Count == 0 ? []
            : FileConflicts.Holding(state, task.Files, false, worker, now, liveness, comparison);

    private SwarmPause? PauseOf(AgentTask task) => task.Swarm is null ? null : AgentView.PauseOf(state.PausedSwarms, task);

    private TaskClaim? LiveClaim(AgentTask task) => task.Claim is { } claim && LeaseTerm.End(claim, now, liveness) is null ? claim : null;

    private bool IsFreeFor(AgentTask task, AgentView agent) =>
        task.Assignee is not { } assignee
        || agent.Worker.IsCalled(assignee.Name, Person.Is(assignee.Type))
        || (task.Claim is { } claim && assignee.Type != "human" && LeaseTerm.End(claim, now, liveness) is not null);
}
