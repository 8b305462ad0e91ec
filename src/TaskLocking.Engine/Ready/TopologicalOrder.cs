using System;
using System.Collections.Generic;

namespace TaskLocking.Ready;

/// <summary>
/// Keeps every node behind what it waits for (Pearce and Kelly, "A dynamic topological sort algorithm for directed acyclic graphs"):
/// an edge that fits costs one comparison, another one moves only nodes between its two ends. Edges that close a circle, which only a
/// file from elsewhere brings in, are left aside as late, and are tried again when edges have gone.
/// </summary>
internal sealed class TopologicalOrder
{
    private readonly HashSet<TaskNode> _late = [];
    private readonly List<TaskNode> _behind = [];
    private readonly List<TaskNode> _before = [];
    private long _first;
    private long _last;
    private int _mark;
    private bool _hasLost;
    private bool _isBuilt;

    /// <summary>Whether there are circles; the order then honours all edges but the late ones.</summary>
    public bool HasCircles
    {
        get
        {
            Recover();
            return _late.Count > 0;
        }
    }

    /// <summary>The nodes that have late edges: every circle goes through one.</summary>
    public IReadOnlyCollection<TaskNode> LateNodes => _late;

    /// <summary>The place of a node that nobody waits for yet.</summary>
    public long Last() => ++_last;

    /// <summary>The place of a node that waits for nobody.</summary>
    public long First() => --_first;

    /// <summary>A mark that no node has.</summary>
    public int NewMark() => ++_mark;

    /// <summary>Takes in all nodes with their edges. Until then nothing is ordered, and what is told here is passed over.</summary>
    public void Build(IReadOnlyCollection<TaskNode> nodes)
    {
        if (_isBuilt)
            return;
        _isBuilt = true;
        var (open, done) = (NewMark(), NewMark());
        var path = new TaskNode[nodes.Count];
        var next = new int[nodes.Count];
        foreach (var root in nodes)
        {
            if (root.Mark == done)
                continue;
            var depth = 0;
            (path[0], next[0], root.Mark) = (root, 0, open);
            while (depth >= 0)
            {
                var node = path[depth];
                if (next[depth] == node.AwaitedCount)
                {
                    (node.Order, node.Mark) = (Last(), done);
                    depth--;
                    continue;
                }
                var dependency = node.AwaitedAt(next[depth]++);
                if (dependency.Mark == open)
                    Leave(node, dependency);
                else if (dependency.Mark != done)
                    (path[++depth], next[depth], dependency.Mark) = (dependency, 0, open);
            }
        }
    }

    /// <summary>Takes in the edges of a node that had none.</summary>
    public void Add(TaskNode node)
    {
        if (!_isBuilt)
            return;
        // A node that nobody waits for may stand at the very end.
        if (node.WaiterCount == 0 && node.Dependencies.Length > 0)
            node.Order = Last();
        foreach (var dependency in node.Dependencies)
        {
            if (!TryPut(node, dependency))
                Leave(node, dependency);
        }
    }

    /// <summary>Forgets what a node depends on, which must still be there; its children stay.</summary>
    public void Remove(TaskNode node)
    {
        if (node.Dependencies.Length == 0)
            return;
        if (node.Late.Length > 0)
            Keep(node, Array.FindAll(node.Late, node.IsParentOf));
        _hasLost = true;
    }

    /// <summary>Takes in that a parent waits for a child.</summary>
    public void AddChild(TaskNode parent, TaskNode child)
    {
        if (_isBuilt && !TryPut(parent, child))
            Leave(parent, child);
    }

    /// <summary>Forgets that; to be told before it is so.</summary>
    public void RemoveChild(TaskNode parent, TaskNode child)
    {
        if (parent.IsLate(child) && Array.IndexOf(parent.Dependencies, child) < 0)
            Keep(parent, Array.FindAll(parent.Late, late => !ReferenceEquals(late, child)));
        _hasLost = true;
    }

    private void Keep(TaskNode node, TaskNode[] late)
    {
        node.Late = late;
        if (late.Length == 0)
            _late.Remove(node);
    }

    /// <summary>
    /// A shortest circle that edges from one node to the others, and one from a new parent to it, would close, the node first; empty if
    /// none.
    /// </summary>
    public IReadOnlyList<TaskNode> FindCircle(TaskNode node, IReadOnlyCollection<TaskNode> added, TaskNode? parent = null)
    {
        // Children stand in no order: which of several circles is the one that is told is looked for only where there is one.
        var found = FindCircle(node, added, parent, inOrder: false);
        return found.Count == 0 ? found : FindCircle(node, added, parent, inOrder: true);
    }

    private List<TaskNode> FindCircle(TaskNode node, IReadOnlyCollection<TaskNode> added, TaskNode? parent, bool inOrder)
    {
        // Where all edges go downwards, what stands below the node cannot lead up to it.
        var lowest = HasCircles ? long.MinValue : Math.Min(node.Order, parent?.Order ?? long.MaxValue);
        var mark = NewMark();
        var queue = new Queue<TaskNode>();
        foreach (var dependency in added)
        {
            if (ReferenceEquals(dependency, node))
                return [node];
            if (ReferenceEquals(dependency, parent))
                return [node, parent!];
            Reach(dependency, node, lowest, mark, queue);
        }
        while (queue.Count > 0)
        {
            var current = queue.Dequeue();
            var awaited = inOrder ? current.Awaited : null;
            for (var i = 0; i < current.AwaitedCount; i++)
            {
                var next = awaited is null ? current.AwaitedAt(i) : awaited[i];
                if (ReferenceEquals(next, node))
                    return Way(current, node);
                if (ReferenceEquals(next, parent))
                    return [.. Way(current, node), parent!];
                Reach(next, current, lowest, mark, queue);
            }
        }
        return [];
    }

    private static void Reach(TaskNode node, TaskNode from, long lowest, int mark, Queue<TaskNode> queue)
    {
        if (node.Mark == mark || node.Order < lowest)
            return;
        node.Mark = mark;
        node.From = from;
        queue.Enqueue(node);
    }

    private static List<TaskNode> Way(TaskNode last, TaskNode first)
    {
        var way = new List<TaskNode>();
        for (var node = last; !ReferenceEquals(node, first); node = node.From!)
            way.Add(node);
        way.Add(first);
        way.Reverse();
        return way;
    }

    // Brings the dependency before the node; false if it waits for the node.
    private bool TryPut(TaskNode node, TaskNode dependency)
    {
        if (dependency.Order < node.Order)
            return true;
        if (ReferenceEquals(node, dependency) || !CollectBehind(node, dependency))
            return false;
        CollectBefore(node, dependency);
        _before.Sort(ByOrder);
        _behind.Sort(ByOrder);
        var places = new long[_before.Count + _behind.Count];
        for (var i = 0; i < places.Length; i++)
            places[i] = (i < _before.Count ? _before[i] : _behind[i - _before.Count]).Order;
        Array.Sort(places);
        for (var i = 0; i < places.Length; i++)
            (i < _before.Count ? _before[i] : _behind[i - _before.Count]).Order = places[i];
        return true;
    }

    // Everything up to the dependency that waits for the node; false if the dependency is among it.
    private bool CollectBehind(TaskNode node, TaskNode dependency)
    {
        var mark = NewMark();
        _behind.Clear();
        _behind.Add(node);
        node.Mark = mark;
        for (var i = 0; i < _behind.Count; i++)
        {
            var current = _behind[i];
            for (var j = 0; j < current.WaiterCount; j++)
            {
                var next = current.WaiterAt(j);
                if (next.Mark == mark || next.Order > dependency.Order || next.IsLate(current))
                    continue;
                if (ReferenceEquals(next, dependency))
                    return false;
                next.Mark = mark;
                _behind.Add(next);
            }
        }
        return true;
    }

    // Everything down to the node that the dependency waits for.
    private void CollectBefore(TaskNode node, TaskNode dependency)
    {
        var mark = NewMark();
        _before.Clear();
        _before.Add(dependency);
        dependency.Mark = mark;
        for (var i = 0; i < _before.Count; i++)
        {
            for (var j = 0; j < _before[i].AwaitedCount; j++)
            {
                var next = _before[i].AwaitedAt(j);
                if (next.Mark == mark || next.Order < node.Order || _before[i].IsLate(next))
                    continue;
                next.Mark = mark;
                _before.Add(next);
            }
        }
    }

    private void Leave(TaskNode node, TaskNode dependency)
    {
        node.Late = [.. node.Late, dependency];
        _late.Add(node);
    }

    private void Recover()
    {
        if (!_hasLost || _late.Count == 0)
            return;
        _hasLost = false;
        foreach (var node in new List<TaskNode>(_late))
        {
            foreach (var dependency in node.Late)
            {
                if (TryPut(node, dependency))
                    node.Late = Array.FindAll(node.Late, late => !ReferenceEquals(late, dependency));
            }
            if (node.Late.Length == 0)
                _late.Remove(node);
        }
    }

    private static int ByOrder(TaskNode x, TaskNode y) => x.Order.CompareTo(y.Order);
}
