using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Ready;

/// <summary>
/// Parents and children. A parent waits for its children as for what it depends on, but a cancelled child does not hold it back; what fails
/// among them travels nowhere. Where no task has a parent all of it costs nothing.
/// </summary>
internal sealed partial class TaskGraph
{
    /// <summary>Whether any task has a parent, which need not exist.</summary>
    public bool HasParents => _parents > 0;

    /// <summary>How many children the task has, which need not exist.</summary>
    public int ChildCountOf(string id) => KinOf(id)?.Count ?? 0;

    /// <summary>How many of them are neither done nor cancelled.</summary>
    public int OpenChildCountOf(string id) => KinOf(id)?.Open ?? 0;

    /// <summary>How many of them are done.</summary>
    public int DoneChildCountOf(string id) => KinOf(id)?.Done ?? 0;

    /// <summary>The children of a task, in document order.</summary>
    public IReadOnlyList<string> ChildrenOf(string id) => KinOf(id) is { } kin ? Ids(kin.Children()) : [];

    /// <summary>Those of them that are neither done nor cancelled, in document order.</summary>
    public IReadOnlyList<string> OpenChildrenOf(string id) => KinOf(id) is { Open: > 0 } kin ? Ids(kin.OpenChildren()) : [];

    /// <summary>Any one of those, which costs nothing; null if there is none.</summary>
    public string? AnyOpenChildOf(string id) => KinOf(id) is { Open: > 0 } kin ? kin.ChildAt(0).Id : null;

    /// <summary>How far the children of a task are; null if it has none.</summary>
    public ChildTally? TallyOf(string id) => KinOf(id) is { Count: > 0 } kin
        ? new ChildTally(kin.Count, kin.Count - kin.Open, kin.Done) : null;

    /// <summary>The tasks that have children, in document order.</summary>
    public IEnumerable<string> Parents => _parents == 0 ? []
        : _nodes.Values.Where(node => node.Known is not null && node.Kin is { Count: > 0 }).OrderBy(node => node, TaskOrder.ByPlace)
            .Select(node => node.Id).ToList();

    /// <summary>Children of ids that no task has, in document order of the children.</summary>
    public IReadOnlyList<DanglingDependency> Parentless => _parents == 0 ? []
        : _nodes.Values.Where(node => node.Known is null && node.Kin is { Count: > 0 })
            .SelectMany(node => node.Kin!.Children().Select(child => (Child: child, Parent: node)))
            .OrderBy(pair => pair.Child, TaskOrder.ByPlace)
            .Select(pair => new DanglingDependency(pair.Child.Id, pair.Parent.Id))
            .ToList();

    /// <summary>
    /// The ids of the tasks that wait for this one as things stand: its dependents, and its parent as long as it is open.
    /// </summary>
    public IEnumerable<string> WaitersOf(string id) =>
        _nodes.TryGetValue(id, out var node) && node is { Parent: { } parent, IsChildOpen: true }
            ? DependentsOf(id).Append(parent.Id) : DependentsOf(id);

    /// <summary>Whether the task is a child whose parent waits for no child any more.</summary>
    public bool HasOpenedParent(string id) => _nodes.TryGetValue(id, out var node) && node.Parent is { Kin.Open: 0 };

    /// <summary>All that is below a task, at any depth, each once; the task itself is not among it.</summary>
    public IReadOnlyList<string> Below(string id)
    {
        if (KinOf(id) is not { Count: > 0 })
            return [];
        var (root, below) = (_nodes[id], new List<string>());
        var seen = new HashSet<TaskNode> { root };
        var open = new Queue<TaskNode>(seen);
        while (open.Count > 0)
        {
            if (open.Dequeue().Kin is not { Count: > 0 } kin)
                continue;
            for (var i = 0; i < kin.Count; i++)
            {
                if (!seen.Add(kin.ChildAt(i)))
                    continue;
                below.Add(kin.ChildAt(i).Id);
                open.Enqueue(kin.ChildAt(i));
            }
        }
        return below;
    }

    /// <summary>
    /// How many levels there are from a task down, itself counted; looks no deeper than so many, and no further round a circle.
    /// </summary>
    public int LevelsOf(string id, int most)
    {
        if (!_nodes.TryGetValue(id, out var node))
            return 1;
        var (level, wave) = (1, new List<TaskNode> { node });
        for (; level < most; level++)
        {
            var next = new List<TaskNode>();
            foreach (var each in wave)
            {
                for (var i = 0; i < (each.Kin?.Count ?? 0); i++)
                {
                    if (each.Kin!.ChildAt(i).Kin is { Count: > 0 } || next.Count == 0)
                        next.Add(each.Kin.ChildAt(i));
                }
            }
            if (next.Count == 0)
                break;
            wave = next;
        }
        return level;
    }

    private Family? KinOf(string id) => _nodes.TryGetValue(id, out var node) ? node.Kin : null;

    // Before the node is another; the parent is told.
    private void LeaveParent(TaskNode node)
    {
        if (node.Parent is not { } parent)
            return;
        var kin = parent.Kin!;
        var (wasOpen, wasStuck) = (parent.IsOpen, parent.IsStuck);
        _order.RemoveChild(parent, node);
        kin.Remove(node, node.Kin!);
        if (kin.Count == 0)
            _parents--;
        if (!ReferenceEquals(parent, node))
            Show(parent, wasOpen, wasStuck);
        Forget(node);
        Forget(parent);
        if (!ReferenceEquals(parent, node))
            Drop(parent);
    }

    private void JoinParent(TaskNode node, string? id)
    {
        if (id is null)
            return;
        var parent = _nodes.TryGetValue(id, out var known) ? known : Add(id);
        var (wasOpen, wasStuck) = (parent.IsOpen, parent.IsStuck);
        var kin = parent.Kin ??= new Family();
        kin.Add(node, node.Kin ??= new Family(), parent);
        if (kin.Count == 1)
            _parents++;
        _order.AddChild(parent, node);
        if (!ReferenceEquals(parent, node))
            Show(parent, wasOpen, wasStuck);
    }

    // A node that is its own parent is in no list while it changes.
    private void TellParent(TaskNode parent, TaskNode child, bool wasOpenChild, bool wasDone, bool wasHopeless)
    {
        var (wasOpen, wasStuck) = (parent.IsOpen, parent.IsStuck);
        parent.Kin!.Change(child, wasOpenChild, wasDone, wasHopeless);
        if (!ReferenceEquals(parent, child))
            Show(parent, wasOpen, wasStuck);
    }

    private static void Forget(TaskNode node)
    {
        if (node.Kin is { Count: 0, Parent: null })
            node.Kin = null;
    }
}
