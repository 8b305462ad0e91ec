using System;
using System.Collections.Generic;

namespace TaskLocking.Ready;

/// <summary>
/// What a node has of parents and children; where tasks have none no node has one. How many children are open is counted as they change,
/// and those stand first: what a change costs does not depend on how many children there are. Kept up by <see cref="TaskGraph"/> alone.
/// </summary>
internal sealed class Family
{
    private TaskNode[] _children = [];
    private int _slot; // among the children of the parent

    /// <summary>Null: nobody's child.</summary>
    public TaskNode? Parent { get; private set; }

    /// <summary>How many children there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many of them are neither done nor cancelled.</summary>
    public int Open { get; private set; }

    /// <summary>How many are done.</summary>
    public int Done { get; private set; }

    /// <summary>How many of the open ones nobody can bring to an end by doing what there is to do.</summary>
    public int Hopeless { get; private set; }

    /// <summary>One of the children, the open ones first; else they stand in no order.</summary>
    public TaskNode ChildAt(int at) => _children[at];

    /// <summary>The children, in document order.</summary>
    public TaskNode[] Children() => Sorted(Count);

    /// <summary>Those of them that are open, in document order.</summary>
    public TaskNode[] OpenChildren() => Sorted(Open);

    /// <summary>Takes in a child, as its node is now.</summary>
    public void Add(TaskNode child, Family childs, TaskNode parent)
    {
        if (Count == _children.Length)
            Array.Resize(ref _children, Math.Max(4, Count * 2));
        childs.Parent = parent;
        Put(child, Count++);
        Tally(child, 1);
        if (child.IsChildOpen)
            MoveToOpen(childs);
    }

    /// <summary>Takes a child out, while its node is still as it came.</summary>
    public void Remove(TaskNode child, Family childs)
    {
        if (child.IsChildOpen)
            MoveToClosed(childs);
        Tally(child, -1);
        Put(_children[--Count], childs._slot);
        _children[Count] = null!;
        childs.Parent = null;
    }

    /// <summary>A child has changed.</summary>
    public void Change(TaskNode child, bool wasOpen, bool wasDone, bool wasHopeless)
    {
        if (child.IsChildOpen != wasOpen)
        {
            if (wasOpen)
                MoveToClosed(child.Kin!);
            else
                MoveToOpen(child.Kin!);
        }
        Done += (child.IsDone ? 1 : 0) - (wasDone ? 1 : 0);
        Hopeless += (child.IsHopelessChild ? 1 : 0) - (wasHopeless ? 1 : 0);
    }

    private void Tally(TaskNode child, int step)
    {
        if (child.IsDone)
            Done += step;
        if (child.IsHopelessChild)
            Hopeless += step;
    }

    private void MoveToOpen(Family childs) => Swap(childs._slot, Open++);

    private void MoveToClosed(Family childs) => Swap(childs._slot, --Open);

    private void Swap(int left, int right)
    {
        var node = _children[left];
        Put(_children[right], left);
        Put(node, right);
    }

    private void Put(TaskNode child, int at)
    {
        _children[at] = child;
        child.Kin!._slot = at;
    }

    private TaskNode[] Sorted(int count)
    {
        var nodes = new TaskNode[count];
        Array.Copy(_children, nodes, count);
        Array.Sort(nodes, (IComparer<TaskNode>)TaskOrder.ByPlace);
        return nodes;
    }
}
