using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Rules;

namespace TaskLocking.Ready;

/// <summary>Finds every task that will not be done as things stand, and what waits for it, over any number of tasks.</summary>
internal static class StuckQuery
{
    /// <summary>What the state keeps of them, else all of them for this question.</summary>
    public static IReadOnlyList<StuckTask> Of(ITaskState state, TaskGraph graph) => state is not IStuckSource source ? All(state, graph)
        // Each who asks gets objects of his own: a shell adds members to them.
        : source.Stuck.Select(stuck => new StuckTask(stuck.TaskId, [.. stuck.Reasons])).ToList();

    /// <summary>All of them with why, in document order.</summary>
    public static IReadOnlyList<StuckTask> All(ITaskState state, TaskGraph graph)
    {
        var reasons = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var node in graph.Stuck)
            reasons[node.Id] = [.. StuckReasons.Of(node)];
        var people = new StuckReasons(state, graph);
        var begun = new List<AgentTask>();
        foreach (var task in state.Tasks)
        {
            if (task.Status == AgentTaskStatus.InProgress && task.Claim is null)
                begun.Add(task);
            if (!StuckReasons.IsChoosy(task))
                continue;
            foreach (var reason in people.OfPeople(task))
                Add(reasons, task.Id, reason);
        }
        foreach (var task in begun)
        {
            if (LostClaim.OfBegun(task) is { } agent)
                Add(reasons, task.Id,
                    $"is In Progress without the claim of {agent}, who began it; the next request or nightly gives it back");
        }
        foreach (var circle in graph.FindCycles())
        {
            foreach (var id in circle)
                Add(reasons, id, "waits for itself");
        }
        var open = new Queue<string>(reasons.Keys);
        while (open.Count > 0)
        {
            var id = open.Dequeue();
            foreach (var dependent in graph.WaitersOf(id))
            {
                var isOpen = state.Find(dependent) is { Status: AgentTaskStatus.Todo or AgentTaskStatus.Blocked };
                if (!isOpen || reasons.ContainsKey(dependent))
                    continue;
                reasons.Add(dependent, [$"waits for {id}, which waits in vain"]);
                open.Enqueue(dependent);
            }
        }
        if (reasons.Count == 0)
            return [];
        return state.Tasks.Where(task => reasons.ContainsKey(task.Id)).Select(task => new StuckTask(task.Id, reasons[task.Id])).ToList();
    }

    private static void Add(Dictionary<string, List<string>> reasons, string id, string reason)
    {
        if (!reasons.TryGetValue(id, out var known))
            reasons.Add(id, known = []);
        known.Add(reason);
    }
}
