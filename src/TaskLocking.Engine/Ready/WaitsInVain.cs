using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking.Ready;

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
    /// <param name="query">What is asked for.</param>
    public static string? Sentence(ITaskState state, TaskGraph graph, ReadyQuery query)
    {
        var people = new StuckReasons(state, graph, graph.Ready.IsActive);
        var told = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        var count = 0;
        foreach (var node in graph.Stuck.Take(MostLookedAt))
        {
            if (ReadyQueue.IsMeant(node.Task!, query))
                Tell(node.Id, StuckReasons.Of(node));
        }
        foreach (var id in graph.FindCycles().SelectMany(circle => circle))
        {
            if (state.Find(id) is { } task && ReadyQueue.IsMeant(task, query))
                Tell(id, ["waits for itself"]);
        }
        // Whether somebody can take them is the same for a whole class.
        var forNobody = graph.Ready.Particular.Where(each => each.IsMeant(query) && people.OfPeople(each.First).Any()).ToList();
        var tasks = TaskOrder.Merge(forNobody.SelectMany(each => new[] { each.Nodes, each.Later })).Select(node => node.Task!);
        foreach (var task in query.Tags.Count == 0 ? tasks.Take(Shown) : tasks)
        {
            if (ReadyQueue.IsMeant(task, query))
                Tell(task.Id, people.OfPeople(task));
        }
        if (query.Tags.Count == 0)
            count += Math.Max(0, forNobody.Sum(each => each.Count) - Shown);
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
