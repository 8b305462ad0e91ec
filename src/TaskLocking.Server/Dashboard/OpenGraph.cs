using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Server;

/// <summary>
/// What is still to be done, as a picture has it: tasks that wait for one another, each in the column behind all that it waits for, and the
/// longest chain among them, which no number of agents makes shorter. Tasks in a circle have no column.
/// </summary>
internal sealed class OpenGraph
{
    private readonly Dictionary<string, AgentTask> _tasks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _dependents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _dependencies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _longest = new(StringComparer.Ordinal);

    public OpenGraph(IEnumerable<AgentTask> tasks)
    {
        foreach (var task in tasks.Where(task => task.Status is not (AgentTaskStatus.Done or AgentTaskStatus.Cancelled)))
            _tasks.TryAdd(task.Id, task);
        foreach (var task in _tasks.Values)
        {
            var open = task.Dependencies.Where(_tasks.ContainsKey).Distinct(StringComparer.Ordinal).ToList();
            _dependencies[task.Id] = open;
            foreach (var id in open)
                (_dependents.TryGetValue(id, out var known) ? known : _dependents[id] = []).Add(task.Id);
        }
        Order();
        CriticalPath = Path();
    }

    /// <summary>The longest chain, first to last; empty where nothing waits.</summary>
    public IReadOnlyList<string> CriticalPath { get; }

    /// <summary>How many tasks have a place in it.</summary>
    public int Count => _tasks.Keys.Count(IsKnit);

    public int Tasks => _tasks.Count;

    /// <summary>What a task waits for, of what is open.</summary>
    public IReadOnlyList<string> Dependencies(string id) => _dependencies[id];

    /// <summary>How many stand before it in the longest chain that leads to it; -1 in a circle, or behind one.</summary>
    public int Column(string id) => _columns.TryGetValue(id, out var column) ? column : -1;

    /// <summary>Those that wait or are waited for, at most so many: the longest chain first, then those that most wait for.</summary>
    public IReadOnlyList<AgentTask> Nodes(int most)
    {
        var first = CriticalPath.ToHashSet(StringComparer.Ordinal);
        return _tasks.Values.Where(task => IsKnit(task.Id)).OrderBy(task => first.Contains(task.Id) ? 0 : 1)
            .ThenByDescending(task => _dependents.TryGetValue(task.Id, out var dependents) ? dependents.Count : 0)
            .ThenBy(task => Column(task.Id)).Take(most).ToList();
    }

    private bool IsKnit(string id) => _dependencies[id].Count > 0 || _dependents.ContainsKey(id);

    // From what waits for nothing on: each task when all before it have had their turn. What is in a circle never has.
    private void Order()
    {
        var left = _dependencies.ToDictionary(each => each.Key, each => each.Value.Count, StringComparer.Ordinal);
        var turn = new Queue<string>(left.Where(each => each.Value == 0).Select(each => each.Key));
        while (turn.TryDequeue(out var id))
        {
            var column = _columns.TryGetValue(id, out var known) ? known : _columns[id] = 0;
            foreach (var next in _dependents.TryGetValue(id, out var dependents) ? dependents : [])
            {
                if (!_longest.TryGetValue(next, out var before) || _columns[before] < column)
                    _longest[next] = id;
                if (--left[next] > 0)
                    continue;
                _columns[next] = _columns[_longest[next]] + 1;
                turn.Enqueue(next);
            }
        }
    }

    private List<string> Path()
    {
        var end = _columns.Where(each => each.Value > 0).OrderByDescending(each => each.Value).Select(each => each.Key).FirstOrDefault();
        var path = new List<string>();
        for (var id = end; id is not null; id = _longest.TryGetValue(id, out var before) ? before : null)
            path.Add(id);
        path.Reverse();
        return path;
    }
}
