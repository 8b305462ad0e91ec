using System;
using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking.Ready;

/// <summary>
/// Finds the circle that new dependencies of a task would close, walking only what they reach, breadth first, so that the circle found
/// is a shortest one. A circle is the ids in order: each depends on the next, the last on the first, which is the task itself.
/// Circles that a file from elsewhere has already do not stand in the way of other tasks.
/// </summary>
internal sealed class DependencyCycles(ITaskState state)
{
    // Every dependency of a task in _walked is in _walked or in _missing. So a new task that is not in _missing is reached by none of
    // them, and a batch walks each task once: a chain of n defines costs n steps, not n²/2.
    private readonly HashSet<string> _walked = new(StringComparer.Ordinal);
    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);

    /// <summary>The circle that changed dependencies would close; empty if none. Those that it had before need not be named.</summary>
    public IReadOnlyList<string> Find(string id, IEnumerable<string> added) =>
        Walk(id, added, null, new Dictionary<string, string>(StringComparer.Ordinal), []);

    /// <summary>The circle that a task which is defined next would close; empty if none, and then the task must be defined.</summary>
    public IReadOnlyList<string> FindForNew(string id, IReadOnlyList<string> dependencies)
    {
        var reached = new Dictionary<string, string>(StringComparer.Ordinal);
        var missing = new List<string>();
        var circle = Walk(id, dependencies, _missing.Contains(id) ? null : _walked, reached, missing);
        if (circle.Count > 0)
            return circle;
        _walked.UnionWith(reached.Keys);
        _walked.ExceptWith(missing);
        _missing.UnionWith(missing);
        _missing.Remove(id);
        _walked.Add(id);
        return [];
    }

    /// <param name="id">The task that must not be reached.</param>
    /// <param name="dependencies">Where the walk starts.</param>
    /// <param name="known">Ids known not to lead to it; null for none.</param>
    /// <param name="reached">Gets each reached id and the one that depends on it.</param>
    /// <param name="missing">Gets the reached ids that no task has.</param>
    private List<string> Walk(
        string id, IEnumerable<string> dependencies, HashSet<string>? known, Dictionary<string, string> reached, List<string> missing)
    {
        var queue = new Queue<string>();
        var current = id;
        while (true)
        {
            foreach (var dependency in dependencies)
            {
                if (string.Equals(dependency, id, StringComparison.Ordinal))
                    return Circle(id, current, reached);
                if (known?.Contains(dependency) == true || reached.ContainsKey(dependency))
                    continue;
                reached.Add(dependency, current);
                queue.Enqueue(dependency);
            }
            if (queue.Count == 0)
                return [];
            current = queue.Dequeue();
            var task = state.Find(current);
            if (task is null)
                missing.Add(current);
            dependencies = task?.Dependencies ?? [];
        }
    }

    private static List<string> Circle(string id, string last, Dictionary<string, string> reached)
    {
        var circle = new List<string>();
        for (var current = last; !string.Equals(current, id, StringComparison.Ordinal); current = reached[current])
            circle.Add(current);
        circle.Add(id);
        circle.Reverse();
        return circle;
    }
}
