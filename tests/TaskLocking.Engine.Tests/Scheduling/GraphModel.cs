using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using TaskLocking.Ready;
using TaskLocking.Tests.Tasks;
using TaskLocking.Todo2;

namespace TaskLocking.Tests.Scheduling;

/// <summary>
/// The graph as simply as it can be said: a list in document order, and every question answered by looking at everything.
/// </summary>
internal sealed class GraphModel(string[] ids, string[] agents)
{
    private readonly List<AgentTask> _tasks = [];

    public IReadOnlyList<AgentTask> Tasks => _tasks;

    public AgentTask? Find(string id) => _tasks.Find(task => task.Id == id);

    /// <summary>The task of an act in this document: at its place if it is there, else at the end.</summary>
    public AgentTask? Set(GraphAct act)
    {
        var at = _tasks.FindIndex(task => task.Id == act.Id);
        if (at >= 0 && (act.IsGone || act.IsNew))
            _tasks.RemoveAt(at);
        if (act.IsGone)
            return null;
        var bytes = Encoding.UTF8.GetBytes(act.Json());
        var entry = at >= 0 && !act.IsNew ? new TodoEntry(act.Id, bytes) { Place = _tasks[at].Source!.Place }
            : new TodoEntry(act.Id, bytes);
        if (at >= 0 && !act.IsNew)
            _tasks[at] = entry.Task;
        else
            _tasks.Add(entry.Task);
        return entry.Task;
    }

    public string Show()
    {
        var open = _tasks.Where(task => task.Status == AgentTaskStatus.Todo && Unmet(task) == 0)
            .OrderByDescending(task => task.Priority).ThenBy(task => task.Created ?? DateTimeOffset.MaxValue);
        var dangling = _tasks.SelectMany(task => task.Dependencies.Distinct().Where(id => Find(id) is null)
            .Select(id => $"{task.Id}>{id}"));
        return Text(
            open.Select(task => task.Id),
            _tasks.Where(task => task.Claim is not null || task.Status == AgentTaskStatus.InProgress).Select(task => task.Id),
            ids.Select(id => string.Join(",", _tasks.Where(task => task.Dependencies.Contains(id)).Select(task => task.Id))),
            ids.Select(id => Find(id) is { } task ? Unmet(task) : 0),
            agents.Select(agent => _tasks.Count(task => (task.Claim is not null || task.Status == AgentTaskStatus.InProgress)
                && (task.Claim?.Agent ?? task.Assignee?.Name) == agent && !IsPersons(task))),
            dangling,
            ids.Where(InCircle),
            _tasks.Where(IsStuck).Select(task => task.Id),
            _tasks.Count,
            _tasks.Sum(task => task.Dependencies.Distinct().Count()));
    }

    // A person and an agent of one name are two; a claim of another name is an agent's whatever stands beside it.
    private static bool IsPersons(AgentTask task) =>
        task.Assignee is { Type: "human" } person && (task.Claim is null || task.Claim.Agent == person.Name);

    public string Show(TaskGraph graph) => Text(
        graph.Open.Select(task => task.Id),
        graph.Active.Select(task => task.Id),
        ids.Select(id => string.Join(",", graph.DependentsOf(id))),
        ids.Select(graph.UnmetOf),
        agents.Select(graph.ActiveTasksOf),
        graph.Dangling.Select(found => $"{found.TaskId}>{found.Missing}"),
        ids.Where(id => graph.CycleOf(id).Count > 0),
        graph.Stuck.Select(node => node.Id),
        graph.Count,
        graph.EdgeCount);

    /// <summary>Null, or what is wrong with the circles that the graph finds.</summary>
    public string? Judge(TaskGraph graph)
    {
        var plain = new DependencyCycles(new MemoryState([.. _tasks]));
        foreach (var id in ids)
        {
            foreach (var other in ids)
            {
                var (expected, found) = (plain.Find(id, [other, ids[0]]), graph.FindCycle(id, [other, ids[0]]));
                if (!expected.SequenceEqual(found))
                    return $"{id} to {other}: {string.Join(",", expected)} expected, {string.Join(",", found)} found";
            }
        }
        var knots = ids.Where(InCircle).GroupBy(id => string.Join(",", ids.Where(other => Reaches(id, other) && Reaches(other, id))))
            .ToList();
        var cycles = graph.FindCycles();
        if (knots.Count != cycles.Count)
            return $"{knots.Count} knots, {cycles.Count} circles";
        foreach (var knot in knots)
        {
            var cycle = cycles.Single(cycle => knot.Contains(cycle[0]));
            var shortest = knot.Min(id => plain.Find(id, Find(id)!.Dependencies).Count);
            if (cycle.Count != shortest || cycle.Where((id, i) => !Find(id)!.Dependencies.Contains(cycle[(i + 1) % cycle.Count])).Any())
                return $"{string.Join(",", cycle)} is no shortest circle of {string.Join(",", knot)}";
        }
        return null;
    }

    private static string Text(params object[] parts) =>
        string.Join(" | ",
            parts.Select(part => part is string or int ? part.ToString()
                : string.Join(" ", ((System.Collections.IEnumerable)part).Cast<object>())));

    private int Unmet(AgentTask task) => task.Dependencies.Distinct().Count(id => Find(id)?.Status != AgentTaskStatus.Done);

    private bool IsStuck(AgentTask task) => task.Status is AgentTaskStatus.Todo or AgentTaskStatus.Blocked
        && task.Dependencies.Select(Find).Any(dependency => dependency is null
            or { Status: AgentTaskStatus.Cancelled or AgentTaskStatus.Failed or AgentTaskStatus.Unknown });

    private bool InCircle(string id) => Reaches(id, id);

    private bool Reaches(string from, string to)
    {
        var (seen, open) = (new HashSet<string>(), new Stack<string>([from]));
        while (open.Count > 0)
        {
            foreach (var next in Find(open.Pop())?.Dependencies ?? [])
            {
                if (next == to)
                    return true;
                if (seen.Add(next))
                    open.Push(next);
            }
        }
        return false;
    }
}
