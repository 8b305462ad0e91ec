using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Tasks;

namespace TaskLocking.Scheduling;

/// <summary>
/// Tells somebody who got nothing to do what will never be there to do, unless a person sees to it. The graph has it at hand; nothing is
/// looked through for it but the tasks that were passed over before.
/// </summary>
internal static class WaitsInVain
{
    private const int Shown = 3;
    private const int MostLookedAt = 1_000;

    /// <summary>A sentence; null if nothing waits in vain.</summary>
    /// <param name="state">The state.</param>
    /// <param name="graph">Its graph.</param>
    /// <param name="isMeant">Whether a task is one of those that are asked for.</param>
    public static string? Sentence(ITaskState state, TaskGraph graph, Func<AgentTask, bool> isMeant)
    {
        var people = new StuckReasons(state, graph);
        var told = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        var count = 0;
        foreach (var node in graph.Stuck.Take(MostLookedAt))
        {
            if (isMeant(node.Task!))
                Tell(node.Id, StuckReasons.Of(node));
        }
        foreach (var id in graph.FindCycles().SelectMany(circle => circle))
        {
            if (state.Find(id) is { } task && isMeant(task))
                Tell(id, ["waits for itself"]);
        }
        foreach (var task in graph.Open)
        {
            if (isMeant(task))
                Tell(task.Id, people.OfPeople(task));
        }
        if (count == 0)
            return null;
        var least = graph.Stuck.Count > MostLookedAt ? "At least " : "";
        var more = count > Shown ? $"; {count - Shown} more" : "";
        return $"{least}{count} {(count == 1 ? "task waits" : "tasks wait")} for what will not come: {string.Join("; ", told)}{more}. "
            + "'graph check' tells all of them.";

        void Tell(string id, IEnumerable<string> reasons)
        {
            if (reasons.FirstOrDefault() is not { } reason)
                return;
            if (known.Add(id) && count++ < Shown)
                told.Add($"{id} {reason}");
        }
    }
}
