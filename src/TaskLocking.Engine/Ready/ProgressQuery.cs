using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Rules;

namespace TaskLocking.Ready;

/// <summary>Counts how far a swarm is.</summary>
internal static class ProgressQuery
{
    public static TaskProgress Of(ITaskState state, string? swarm, DateTimeOffset now, ILiveness liveness)
    {
        var byStatus = new int[(int)AgentTaskStatus.Unknown + 1];
        var (ids, agents, failed) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal),
            new List<string>());
        foreach (var task in state.Tasks)
        {
            if (swarm is not null && !string.Equals(task.Swarm, swarm, StringComparison.Ordinal))
                continue;
            byStatus[(int)task.Status]++;
            if (task.Status == AgentTaskStatus.Failed)
                failed.Add(task.Id);
            if (swarm is null)
                continue;
            ids.Add(task.Id);
            if (task.Owner is { } agent)
                agents.Add(AgentProfile.KeyOf(agent, Person.Has(task)));
        }
        foreach (var tally in state.Archive.SelectMany(segment => segment.Tallies))
        {
            if (swarm is null || string.Equals(tally.Swarm, swarm, StringComparison.Ordinal))
                byStatus[(int)tally.Status] += tally.Count;
        }
        var (done, working, pending) = (Count(AgentTaskStatus.Done), Count(AgentTaskStatus.InProgress, AgentTaskStatus.Review),
            Count(AgentTaskStatus.Todo, AgentTaskStatus.Blocked));
        var total = done + working + pending + failed.Count;
        var graph = ReadyQueue.GraphOf(state);
        var judge = new ReadinessJudge(state, graph, now, liveness, StringComparison.Ordinal);
        var files = state.FileLeases.Where(lease => IsTheirs(lease) && LeaseTerm.End(lease, now, liveness) is null)
            .Select(lease => lease.Path).ToList();
        return new TaskProgress
        {
            Swarm = swarm,
            Percent = total == 0 ? 0 : Math.Round(100.0 * done / total, 1, MidpointRounding.AwayFromZero),
            Completed = done,
            InProgress = working,
            Pending = pending,
            Failed = failed.Count,
            Total = total,
            Ready = graph.OpenInNoOrder.Count(task => (swarm is null || ids.Contains(task.Id)) && judge.IsReady(task, null)),
            ByStatus = Enumerable.Range(0, byStatus.Length).Where(status => byStatus[status] > 0)
                .ToDictionary(status => (AgentTaskStatus)status, status => byStatus[status]),
            Cycle = swarm is null ? graph.FirstCycle() : graph.FindCycleBelow(ids),
            Stuck = StuckQuery.Of(state, graph).Where(stuck => swarm is null || ids.Contains(stuck.TaskId)).ToList(),
            ActiveLocks = files.Count,
            LockedFiles = files.Distinct(StringComparer.Ordinal).OrderBy(path => path, StringComparer.Ordinal).ToList(),
            FailedTaskIds = failed,
        };

        int Count(params AgentTaskStatus[] statuses) => statuses.Sum(status => byStatus[(int)status]);

        // Of the whole workspace all leases count, also those of agents that have no task.
        bool IsTheirs(FileLease lease) => swarm is null
            || (lease.TaskId is { } id ? ids.Contains(id) : agents.Contains(AgentProfile.KeyOf(lease.Agent, lease.IsPersons)));
    }
}
