using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Ready;

/// <summary>Circles: those that there are, and those that would be.</summary>
internal sealed partial class TaskGraph
{
    /// <summary>
    /// A shortest circle that new dependencies of a task would close: the task first, each waits for the next, the last for the first.
    /// Empty if none. Answers at once where the order allows them already.
    /// </summary>
    /// <param name="id">The task; it need not be there yet.</param>
    /// <param name="added">What it is to depend on besides; with a parent all that it is to depend on.</param>
    /// <param name="parent">The task that it is to be a part of; null: that does not change.</param>
    public IReadOnlyList<string> FindCycle(string id, IEnumerable<string> added, string? parent = null)
    {
        if (string.Equals(id, parent, StringComparison.Ordinal))
            return [id];
        if (!_nodes.TryGetValue(id, out var node))
        {
            if (added.Contains(id, StringComparer.Ordinal))
                return [id];
            if (parent is null)
                return [];
            node = new TaskNode(id, long.MaxValue); // Nobody waits for it, and it does not get in.
        }
        lock (_order)
        {
            _order.Build(_nodes.Values);
            var starts = added.Select(dependency => _nodes.TryGetValue(dependency, out var known) ? known : null).OfType<TaskNode>()
                .ToList();
            if (parent is null)
                return Ids(_order.FindCircle(node, starts));
            // A new parent is reached by its children, too.
            starts.AddRange(node.Kin?.Children() ?? []);
            return _nodes.TryGetValue(parent, out var above) ? Ids(_order.FindCircle(node, starts, above)) : [];
        }
    }

    /// <summary>A shortest circle in which the task waits for itself; empty if none.</summary>
    public IReadOnlyList<string> CycleOf(string id)
    {
        if (!_nodes.TryGetValue(id, out var node))
            return [];
        lock (_order)
        {
            _order.Build(_nodes.Values);
            return _order.HasCircles ? Ids(_order.FindCircle(node, node.Awaited)) : [];
        }
    }

    /// <summary>A short circle for each knot of tasks that wait for one another, in document order.</summary>
    public IReadOnlyList<IReadOnlyList<string>> FindCycles() => FindKnots().ConvertAll(knot => Ids(knot.Circle));

    /// <summary>The first of those circles; empty if there is none.</summary>
    public IReadOnlyList<string> FirstCycle() => FindKnots() is { Count: > 0 } knots ? Ids(knots[0].Circle) : [];

    /// <summary>The first of those circles for which one of the tasks waits, or in which it is; empty if none.</summary>
    public IReadOnlyList<string> FindCycleBelow(IEnumerable<string> ids)
    {
        var knots = FindKnots();
        if (knots.Count == 0)
            return [];
        var reached = new HashSet<TaskNode>(ids.Where(_nodes.ContainsKey).Select(id => _nodes[id]));
        var queue = new Queue<TaskNode>(reached);
        while (queue.Count > 0)
        {
            foreach (var dependency in queue.Dequeue().Awaited)
            {
                if (reached.Add(dependency))
                    queue.Enqueue(dependency);
            }
        }
        return knots.Find(knot => reached.Contains(knot.Circle[0])) is { } found ? Ids(found.Circle) : [];
    }

    private List<Knot> FindKnots()
    {
        lock (_order)
        {
            _order.Build(_nodes.Values);
            return _order.HasCircles ? Knot.Find(_order.LateNodes) : [];
        }
    }
}
