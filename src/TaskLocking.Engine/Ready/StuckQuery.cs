using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Tasks;

namespace TaskLocking.Scheduling;

/// <summary>Finds every task that will not be done as things stand, and what waits for it, over any number of tasks.</summary>
internal static class StuckQuery
{
    /// <summary>All of them with why, in document order.</summary>
    public static IReadOnlyList<StuckTask> All(ITaskState state, TaskGraph graph)
    {
        var reasons = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var node in graph.Stuck)
            reasons[node.Id] = [.. StuckReasons.Of(node)];
        var people = new StuckReasons(state, graph);
        foreach (var task in state.Tasks)
        {
            foreach (var reason in people.OfPeople(task))
                Add(reasons, task.Id, reason);
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
            foreach (var dependent in graph.DependentsOf(id))
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
