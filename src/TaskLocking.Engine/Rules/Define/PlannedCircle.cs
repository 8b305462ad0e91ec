using System;
using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>
/// Looks for a circle among tasks as they would be after an import, each walked once. A circle is the ids in order: each depends on the
/// next, the last on the first. One that is there already and that the import does not touch is none of these.
/// </summary>
/// <param name="planned">What the tasks of the import would depend on, by id.</param>
/// <param name="state">The others.</param>
/// <param name="childrenOf">The children that a task would have: it waits for them, too.</param>
internal sealed class PlannedCircle(IReadOnlyDictionary<string, IReadOnlyList<string>> planned, ITaskState state,
    Func<string, IReadOnlyList<string>>? childrenOf = null)
{
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal); // by the place on the way
    private readonly List<(string Id, IReadOnlyList<string> Dependencies, int Next)> _way = [];

    /// <summary>The first circle; empty if there is none.</summary>
    public IReadOnlyList<string> Find()
    {
        foreach (var id in planned.Keys)
        {
            if (Walk(id) is { Count: > 0 } circle)
                return circle;
        }
        return [];
    }

    private List<string> Walk(string start)
    {
        Enter(start);
        while (_way.Count > 0)
        {
            var (id, dependencies, next) = _way[_way.Count - 1];
            if (next == dependencies.Count)
            {
                _way.RemoveAt(_way.Count - 1);
                _open.Remove(id);
                _done.Add(id);
                continue;
            }
            _way[_way.Count - 1] = (id, dependencies, next + 1);
            if (_open.TryGetValue(dependencies[next], out var place))
            {
                var circle = _way.GetRange(place, _way.Count - place).ConvertAll(step => step.Id);
                if (circle.Exists(planned.ContainsKey))
                    return circle;
            }
            else
            {
                Enter(dependencies[next]);
            }
        }
        return [];
    }

    private void Enter(string id)
    {
        if (_done.Contains(id) || _open.ContainsKey(id))
            return;
        var dependencies = planned.TryGetValue(id, out var known) ? known : state.Find(id)?.Dependencies;
        if (childrenOf?.Invoke(id) is { Count: > 0 } children)
            dependencies = [.. dependencies ?? [], .. children];
        if (dependencies is null || dependencies.Count == 0)
        {
            _done.Add(id);
            return;
        }
        _open.Add(id, _way.Count);
        _way.Add((id, dependencies, 0));
    }
}
