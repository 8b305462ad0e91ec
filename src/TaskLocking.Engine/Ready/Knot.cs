using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Ready;

/// <summary>
/// Tasks of which each waits, over others, for each: a strongly connected part of the graph (Tarjan, without recursion). Its circle is
/// a shortest one, unless the knot is so large that telling would take long: then the shortest of those that were looked at.
/// </summary>
internal sealed class Knot
{
    // Steps for one knot: some milliseconds. Exact up to some thousand tasks.
    private const int MaxSteps = 4_000_000;

    private Knot(List<TaskNode> members) => Circle = ShortestCircle(members);

    /// <summary>Each waits for the next, the last for the first; the first is the earliest in the document.</summary>
    public IReadOnlyList<TaskNode> Circle { get; }

    /// <summary>The knots that can be reached from the nodes, in document order.</summary>
    public static List<Knot> Find(IEnumerable<TaskNode> starts)
    {
        var numbers = new Dictionary<TaskNode, (int Number, int Low, bool IsOpen)>();
        var (path, open, knots) = (new Stack<(TaskNode Node, int Next)>(), new Stack<TaskNode>(), new List<Knot>());
        foreach (var start in starts)
        {
            if (!numbers.ContainsKey(start))
                Enter(start);
            while (path.Count > 0)
            {
                var (node, next) = path.Pop();
                if (next < node.AwaitedCount)
                {
                    path.Push((node, next + 1));
                    var dependency = node.AwaitedAt(next);
                    if (!numbers.TryGetValue(dependency, out var seen))
                        Enter(dependency);
                    else if (seen.IsOpen)
                        Lower(node, seen.Number);
                    continue;
                }
                if (numbers[node].Low == numbers[node].Number)
                    Close(node);
                else
                    Lower(path.Peek().Node, numbers[node].Low);
            }
        }
        return knots.OrderBy(knot => knot.Circle[0], TaskOrder.ByPlace).ToList();

        void Enter(TaskNode node)
        {
            numbers.Add(node, (numbers.Count, numbers.Count, true));
            path.Push((node, 0));
            open.Push(node);
        }

        void Lower(TaskNode node, int low)
        {
            var known = numbers[node];
            numbers[node] = known with { Low = Math.Min(known.Low, low) };
        }

        void Close(TaskNode root)
        {
            var members = new List<TaskNode>();
            do
            {
                members.Add(open.Pop());
                numbers[members[members.Count - 1]] = numbers[members[members.Count - 1]] with { IsOpen = false };
            }
            while (!ReferenceEquals(members[members.Count - 1], root));
            if (members.Count > 1 || root.Dependencies.Contains(root) || root.IsParentOf(root))
                knots.Add(new Knot(members));
        }
    }

    private static IReadOnlyList<TaskNode> ShortestCircle(List<TaskNode> members)
    {
        var inside = new HashSet<TaskNode>(members);
        List<TaskNode> shortest = [];
        var steps = 0;
        foreach (var start in members.OrderBy(node => node, TaskOrder.ByPlace))
        {
            if (Through(start, inside, shortest.Count == 0 ? int.MaxValue : shortest.Count, ref steps) is { } circle)
                shortest = circle;
            if (shortest.Count == 1 || steps > MaxSteps)
                break;
        }
        var first = shortest.IndexOf(shortest.OrderBy(node => node, TaskOrder.ByPlace).First());
        return [.. shortest.Skip(first), .. shortest.Take(first)];
    }

    // A shortest circle through the node; null if it has as many nodes as there are already.
    private static List<TaskNode>? Through(TaskNode start, HashSet<TaskNode> inside, int limit, ref int steps)
    {
        var from = new Dictionary<TaskNode, TaskNode>();
        var wave = new List<TaskNode> { start };
        for (var length = 1; length < limit && wave.Count > 0; length++)
        {
            var next = new List<TaskNode>();
            foreach (var node in wave)
            {
                foreach (var dependency in node.Awaited)
                {
                    steps++;
                    if (ReferenceEquals(dependency, start))
                        return Way(node, start, from);
                    if (!inside.Contains(dependency) || from.ContainsKey(dependency))
                        continue;
                    from.Add(dependency, node);
                    next.Add(dependency);
                }
            }
            wave = next;
        }
        return null;
    }

    private static List<TaskNode> Way(TaskNode last, TaskNode first, Dictionary<TaskNode, TaskNode> from)
    {
        var way = new List<TaskNode>();
        for (var node = last; !ReferenceEquals(node, first); node = from[node])
            way.Add(node);
        way.Add(first);
        way.Reverse();
        return way;
    }
}
