using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Paths;
using TaskLocking.Ready;
using TaskLocking.Rules;

namespace TaskLocking.Tests.Ready;

/// <summary>How a nightly run chose before there was an index: by a look at every open task.</summary>
internal sealed class FormerPlaceTaskRule(AssignmentRunRequest request, IReadOnlyDictionary<string, string> passedOver, ILiveness liveness,
    FileComparison comparison) : ITaskRule<Placement>
{
    public Placement Decide(TaskDraft draft)
    {
        var pool = PlaceTaskRule.Pool(draft, request);
        var loads = AgentLoad.Count(draft.Graph, pool);
        var isFull = loads.Values.Sum() >= request.MaxParallel;
        var skipped = new List<SkippedTask>();
        foreach (var task in draft.Graph.Open)
        {
            if (task.Claim is not null || task.Assignee is not null || task.NotBefore > draft.Now
                || (request.Swarm is not null && task.Swarm != request.Swarm))
                continue;
            var agent = Choose(draft, task, pool, loads, isFull, out var reason);
            if (agent is null)
            {
                skipped.Add(new SkippedTask(task.Id, reason));
                continue;
            }
            draft.Change(task).SetAssignee(new Assignee(agent.Type, agent.Name, agent.Host, draft.Now, draft.By)).Apply();
            return new Placement(new PlannedAssignment(task.Id, task.Name, agent.Type, agent.Name, loads[agent.Name] + 1), []);
        }
        return new Placement(null, skipped);
    }

    private AgentProfile? Choose(TaskDraft draft, AgentTask task, List<AgentProfile> pool, Dictionary<string, int> loads, bool isFull,
        out string reason)
    {
        reason = "";
        if (passedOver.TryGetValue(task.Id, out var before))
            return Skip(before, out reason);
        if (task.Tags.Contains(PlaceTaskRule.Interactive, StringComparer.OrdinalIgnoreCase))
            return Skip($"It is tagged {PlaceTaskRule.Interactive}: a person takes it by hand.", out reason);
        if (pool.Count == 0)
            return Skip("No agent is registered that could take it.", out reason);
        var fit = new List<AgentProfile>();
        Refusal? misfit = null;
        foreach (var agent in pool)
        {
            if (LifeRefusals.Misfit(task, new AgentView(agent.Name, agent.Capabilities, agent, 0)) is { } refusal)
                misfit ??= refusal;
            else
                fit.Add(agent);
        }
        if (fit.Count == 0)
            return Skip(pool.Count == 1 ? misfit!.Message + "." : $"None of {pool.Count} agents may take it: {misfit!.Message}.",
                out reason);
        if (isFull)
            return Skip($"{request.MaxParallel} tasks are open at once, which is the limit.", out reason);
        fit.RemoveAll(agent => loads[agent.Name] >= Math.Min(request.MaxPerAgent, agent.MaxTasks));
        if (fit.Count == 0)
            return Skip("Every agent that may take it has as many tasks as it may.", out reason);
        foreach (var agent in fit.OrderBy(agent => loads[agent.Name]).ThenBy(agent => agent.Name, StringComparer.Ordinal))
        {
            var conflicts = FileConflicts.Holding(draft, task.Files, shared: false, Worker.Named(agent.Name), draft.Now, liveness,
                comparison);
            if (conflicts.Count == 0)
                return agent;
            reason = FileRefusals.Locked(conflicts[0], draft.Now).Message + ".";
        }
        return null;
    }

    private static AgentProfile? Skip(string why, out string reason)
    {
        reason = why;
        return null;
    }
}
