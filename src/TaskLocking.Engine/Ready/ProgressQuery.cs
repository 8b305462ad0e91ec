using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Rules;

namespace TaskLocking.Ready;

/// <summary>Counts how far a swarm is.</summary>
internal static class ProgressQuery
{
    public static TaskProgress Of(ITaskState state, string? swarm, DateTimeOffset now, ILiveness liveness) =>
        Of(state, swarm, null, now, liveness);

    /// <summary>
    /// The same of all that is below a task. It is not among it: it has no work of its own as long as there is any there.
    /// </summary>
    public static TaskProgress Below(ITaskState state, string parent, DateTimeOffset now, ILiveness liveness) =>
        Of(state, null, parent, now, liveness);

    private static TaskProgress Of(ITaskState state, string? swarm, string? parent, DateTimeOffset now, ILiveness liveness)
    {
        var graph = ReadyQueue.GraphOf(state);
        var below = parent is null ? null : new HashSet<string>(graph.Below(parent), StringComparer.Ordinal);
        var isPart = swarm is not null || below is not null;
        var byStatus = new int[(int)AgentTaskStatus.Unknown + 1];
        var (ids, agents, failed) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal),
            new List<string>());
        foreach (var task in state.Tasks)
        {
            if (below is not null ? !below.Contains(task.Id)
                : swarm is not null && !string.Equals(task.Swarm, swarm, StringComparison.Ordinal))
                continue;
            byStatus[(int)task.Status]++;
            if (task.Status == AgentTaskStatus.Failed)
                failed.Add(task.Id);
            if (!isPart)
                continue;
            ids.Add(task.Id);
            if (task.Owner is { } agent)
                agents.Add(AgentProfile.KeyOf(agent, Person.Has(task)));
        }
        // What is archived is counted by swarms; what is below a task that is not done is not archived.
        foreach (var tally in state.Archive.SelectMany(segment => segment.Tallies))
        {
            if (below is null && (swarm is null || string.Equals(tally.Swarm, swarm, StringComparison.Ordinal)))
                byStatus[(int)tally.Status] += tally.Count;
        }
        var (done, working, pending) = (Count(AgentTaskStatus.Done), Count(AgentTaskStatus.InProgress, AgentTaskStatus.Review),
            Count(AgentTaskStatus.Todo, AgentTaskStatus.Blocked));
        var total = done + working + pending + failed.Count;
        var judge = new ReadinessJudge(state, graph, now, liveness, StringComparison.Ordinal);
        var files = state.FileLeases.Where(lease => IsTheirs(lease) && LeaseTerm.End(lease, now, liveness) is null)
            .Select(lease => lease.Path).ToList();
        return new TaskProgress
        {
            Swarm = swarm,
            Parent = parent,
            Percent = total == 0 ? 0 : Math.Round(100.0 * done / total, 1, MidpointRounding.AwayFromZero),
            Completed = done,
            InProgress = working,
            Pending = pending,
            Failed = failed.Count,
            Total = total,
            Ready = graph.OpenInNoOrder.Count(task => (!isPart || ids.Contains(task.Id)) && judge.IsReady(task, null)),
            ByStatus = Enumerable.Range(0, byStatus.Length).Where(status => byStatus[status] > 0)
                .ToDictionary(status => (AgentTaskStatus)status, status => byStatus[status]),
            Cycle = !isPart ? graph.FirstCycle() : graph.FindCycleBelow(ids),
            Stuck = StuckQuery.Of(state, graph).Where(stuck => !isPart || ids.Contains(stuck.TaskId)).ToList(),
            ActiveLocks = files.Count,
            LockedFiles = files.Distinct(StringComparer.Ordinal).OrderBy(path => path, StringComparer.Ordinal).ToList(),
            FailedTaskIds = failed,
        };

        int Count(params AgentTaskStatus[] statuses) => statuses.Sum(status => byStatus[(int)status]);

        // Of the whole workspace all leases count, also those of agents that have no task.
        bool IsTheirs(FileLease lease) => !isPart
            || (lease.TaskId is { } id ? ids.Contains(id) : agents.Contains(AgentProfile.KeyOf(lease.Agent, lease.IsPersons)));
    }
}
