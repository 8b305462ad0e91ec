using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using TaskLocking.Characters;
using TaskLocking.Model;
using TaskLocking.Rules;

namespace TaskLocking.Ready;

/// <summary>
/// Who waits for whom, kept up to date change by change: <see cref="Set"/> costs what the task's own dependencies and dependents cost,
/// and for a new dependency the part of the order that it disturbs. What is answered depends on the tasks alone, never on the way that
/// led there, so a change that is taken back leaves no trace. Questions may be asked by several threads at once, but not during a Set.
/// </summary>
internal sealed partial class TaskGraph
{
    private readonly Dictionary<string, TaskNode> _nodes;
    private readonly Func<string, AgentTask?> _read;
    private readonly TopologicalOrder _order = new();
    private SortedSet<TaskNode>? _active;
    private OpenTasks? _open;
    private SortedSet<TaskNode>? _stuck;
    private ReadyIndex? _ready;
    private int _parents; // nodes that have children

    /// <param name="tasks">Each id once.</param>
    /// <param name="read">Reads a task of which only a step is known; where none is told of, it is not needed.</param>
    public TaskGraph(IEnumerable<AgentTask> tasks, Func<string, AgentTask?>? read = null)
    {
        _read = read ?? (_ => null);
        // The same as to set one after the other, but each list is made in its final size.
        var all = tasks as IReadOnlyList<AgentTask> ?? [.. tasks];
        _nodes = new Dictionary<string, TaskNode>(all.Count, StringComparer.Ordinal);
        var nodes = new TaskNode[all.Count];
        for (var i = 0; i < nodes.Length; i++)
        {
            nodes[i] = Add(all[i].Id);
            nodes[i].Task = all[i];
        }
        var dependencies = new TaskNode[nodes.Length][];
        for (var i = 0; i < nodes.Length; i++)
        {
            dependencies[i] = Resolve(all[i].Dependencies);
            foreach (var dependency in dependencies[i])
                dependency.Unmet++; // Counts its dependents, until they come.
        }
        foreach (var node in _nodes.Values)
        {
            node.Expect(node.Unmet);
            node.Unmet = 0;
        }
        for (var i = 0; i < nodes.Length; i++)
        {
            nodes[i].Connect(dependencies[i]);
            EdgeCount += dependencies[i].Length;
        }
        Count = nodes.Length;
        for (var i = 0; i < nodes.Length; i++)
        {
            if (all[i].Parent is { } parent)
                JoinParent(nodes[i], parent);
        }
    }

    /// <summary>How many tasks there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many dependencies they have; one that is named twice counts once.</summary>
    public int EdgeCount { get; private set; }

    /// <summary>
    /// The tasks in Todo whose dependencies are all done, by priority, then age, then document order. Claims, times and agents are not
    /// looked at. Not to be enumerated on after a Set.
    /// </summary>
    public IEnumerable<AgentTask> Open => OpenTasks.All.Select(node => node.Task!);

    /// <summary>The same in no order, which costs nothing but to look at every task.</summary>
    public IEnumerable<AgentTask> OpenInNoOrder => _nodes.Values.Where(node => node.IsOpen).Select(node => node.Task!);

    /// <summary>The same by swarm. Asked by one thread at a time.</summary>
    public OpenTasks OpenTasks
    {
        get
        {
            // Nobody may see it half.
            if (Volatile.Read(ref _open) is null)
                Volatile.Write(ref _open, new OpenTasks(_nodes.Values.Where(node => node.IsOpen)));
            return _open!;
        }
    }

    /// <summary>The tasks that have a claim or are in progress, in document order. Not to be enumerated on after a Set.</summary>
    public IEnumerable<AgentTask> Active => ActiveNodes.Select(node => node.Task!);

    /// <summary>What can be taken and what is due. It follows the clock of who asks: one thread at a time.</summary>
    public ReadyIndex Ready => _ready ??= new ReadyIndex(_nodes.Values);

    private SortedSet<TaskNode> ActiveNodes
    {
        get
        {
            if (Volatile.Read(ref _active) is null)
                Volatile.Write(ref _active, new SortedSet<TaskNode>(_nodes.Values.Where(node => node.IsActive), TaskOrder.ByPlace));
            return _active!;
        }
    }

    /// <summary>
    /// The tasks not begun that wait for what will not come, as far as that lies in their own dependencies, in document order. Not to be
    /// enumerated on after a Set.
    /// </summary>
    public IReadOnlyCollection<TaskNode> Stuck
    {
        get
        {
            if (Volatile.Read(ref _stuck) is null)
                Volatile.Write(ref _stuck, new SortedSet<TaskNode>(_nodes.Values.Where(node => node.IsStuck), TaskOrder.ByPlace));
            return _stuck!;
        }
    }

    /// <summary>Dependencies on ids that no task has, in document order of the tasks.</summary>
    public IReadOnlyList<DanglingDependency> Dangling
    {
        get
        {
            var waiting = new HashSet<TaskNode>();
            foreach (var node in _nodes.Values)
            {
                if (node.Task is null)
                    waiting.UnionWith(node.Dependents());
            }
            return waiting.OrderBy(node => node, TaskOrder.ByPlace)
                .SelectMany(node => node.Dependencies.Where(dependency => dependency.Task is null)
                    .Select(missing => new DanglingDependency(node.Id, missing.Id)))
                .ToList();
        }
    }

    /// <summary>The ids of the tasks that wait for this one, which need not exist, in document order.</summary>
    public IEnumerable<string> DependentsOf(string id)
    {
        if (!_nodes.TryGetValue(id, out var node) || node.DependentCount == 0)
            return [];
        var dependents = node.Dependents();
        Array.Sort(dependents, TaskOrder.ByPlace);
        return dependents.Select(dependent => dependent.Id);
    }

    /// <summary>Whether a task waits for this one, which need not exist.</summary>
    public bool HasDependents(string id) => _nodes.TryGetValue(id, out var node) && node.DependentCount > 0;

    /// <summary>Those of some tasks that are in Todo and whose dependencies are all done.</summary>
    public IReadOnlyList<TaskNode> FindOpen(IReadOnlyList<string> ids)
    {
        var open = ids.Count == 0 ? [] : new List<TaskNode>(ids.Count);
        foreach (var id in ids)
        {
            if (_nodes.TryGetValue(id, out var node) && node.IsOpen)
                open.Add(node);
        }
        return open;
    }

    /// <summary>How many dependencies of the task are not done; those that are no task count.</summary>
    public int UnmetOf(string id) => _nodes.TryGetValue(id, out var node) ? node.Unmet : 0;

    /// <summary>How many tasks the agent of this name works on: claimed by it, or assigned to it and in progress.</summary>
    public int ActiveTasksOf(string agent) => ActiveTasksOf(Worker.Named(agent));

    /// <summary>The same of the person of this name, who is another.</summary>
    public int ActiveTasksOf(Worker worker) =>
        ActiveNodes.Count(node => worker.IsCalled(node.Task!.Owner, Person.Has(node.Task!)));

    /// <summary>Who works on something under a name that looks like this one without being it; null if nobody does, or this one
    /// does.</summary>
    public string? FindActiveLike(string agent) =>
        LookAlike.FindIn(ActiveNodes.Select(node => node.Task!.Claim?.Agent ?? node.Task.Assignee?.Name).OfType<string>(), agent);

    /// <summary>Makes the graph know the task as it is now; null: it is gone.</summary>
    public void Set(string id, AgentTask? task)
    {
        if (!_nodes.TryGetValue(id, out var node))
        {
            if (task is null)
                return;
            node = Add(id);
        }
        var before = node.Known;
        if (ReferenceEquals(before, task) && node.Step is null)
            return;
        Leave(node);
        var (wasDone, wasHopeless) = (node.IsDone, node.IsHopeless);
        var (wasOpenChild, wasHopelessChild) = (node.IsChildOpen, node.IsHopelessChild);
        var hasSameDependencies = AreSame(before?.Dependencies ?? [], task?.Dependencies ?? []);
        var hasSameParent = string.Equals(before?.Parent, task?.Parent, StringComparison.Ordinal);
        if (!hasSameParent)
            LeaveParent(node);
        if (!hasSameDependencies)
            Disconnect(node);
        node.Task = task;
        Count += (task is null ? 0 : 1) - (before is null ? 0 : 1);
        if (node.IsDone != wasDone || node.IsHopeless != wasHopeless)
            TellDependents(node, wasDone, wasHopeless);
        if (!hasSameParent)
            JoinParent(node, task?.Parent);
        else if (node.Parent is { } parent)
            TellParent(parent, node, wasOpenChild, wasDone, wasHopelessChild);
        if (!hasSameDependencies)
            Connect(node, task?.Dependencies ?? []);
        Enter(node);
        Drop(node);
    }

    /// <summary>
    /// The same where all that matters of the change is how far the work is; costs next to nothing. False if more may matter: then nothing
    /// is changed, and <see cref="Set"/> is to be called.
    /// </summary>
    /// <param name="id">The task.</param>
    /// <param name="status">Null: as it was.</param>
    /// <param name="holder">Who has the claim now, an agent or a host; null if nobody has.</param>
    /// <param name="expires">When that expires, in UTC ticks.</param>
    public bool TryStep(string id, AgentTaskStatus? status, ClaimHolder? holder, long expires)
    {
        if (!_nodes.TryGetValue(id, out var node) || !node.CanStep(status, holder))
            return false;
        Leave(node);
        var (wasDone, wasHopeless) = (node.IsDone, node.IsHopeless);
        var (wasOpenChild, wasHopelessChild) = (node.IsChildOpen, node.IsHopelessChild);
        node.Take(status, holder, expires, _read);
        if (node.IsDone != wasDone || node.IsHopeless != wasHopeless)
            TellDependents(node, wasDone, wasHopeless);
        if (node.Parent is { } parent)
            TellParent(parent, node, wasOpenChild, wasDone, wasHopelessChild);
        Enter(node);
        return true;
    }

    private static List<string> Ids(IReadOnlyList<TaskNode> nodes) => nodes.Select(node => node.Id).ToList();

    private static bool AreSame(IReadOnlyList<string> before, IReadOnlyList<string> after) =>
        ReferenceEquals(before, after) || (before.Count == after.Count && before.SequenceEqual(after, StringComparer.Ordinal));

    private TaskNode Add(string id)
    {
        var node = new TaskNode(id, _order.First());
        _nodes.Add(id, node);
        return node;
    }

    // An id is known as long as it is a task or somebody waits for it.
    // What the state has of it by now does not count: a node that is gone there has to leave the index first, by being set.
    private void Drop(TaskNode node)
    {
        if (node.Known is null && node.WaiterCount == 0 && node.Kin is not { Count: > 0 })
            _nodes.Remove(node.Id);
    }

    private void Disconnect(TaskNode node)
    {
        var dependencies = node.Dependencies;
        _order.Remove(node);
        node.Disconnect();
        EdgeCount -= dependencies.Length;
        foreach (var dependency in dependencies)
            Drop(dependency);
    }

    private void Connect(TaskNode node, IReadOnlyList<string> ids)
    {
        var dependencies = Resolve(ids);
        EdgeCount += dependencies.Length;
        node.Connect(dependencies);
        _order.Add(node);
    }

    // Each once, in their order; ids that nobody has become known.
    private TaskNode[] Resolve(IReadOnlyList<string> ids)
    {
        if (ids.Count == 0)
            return [];
        var mark = _order.NewMark();
        var nodes = new TaskNode[ids.Count];
        var count = 0;
        for (var i = 0; i < nodes.Length; i++)
        {
            var node = _nodes.TryGetValue(ids[i], out var known) ? known : Add(ids[i]);
            if (node.Mark == mark)
                continue;
            node.Mark = mark;
            nodes[count++] = node;
        }
        Array.Resize(ref nodes, count);
        return nodes;
    }

    private void TellDependents(TaskNode node, bool wasDone, bool wasHopeless)
    {
        var unmet = (node.IsDone ? 0 : 1) - (wasDone ? 0 : 1);
        var hopeless = (node.IsHopeless ? 1 : 0) - (wasHopeless ? 1 : 0);
        for (var i = 0; i < node.DependentCount; i++)
        {
            var dependent = node.DependentAt(i);
            var (wasOpen, wasStuck) = (dependent.IsOpen, dependent.IsStuck);
            dependent.Unmet += unmet;
            dependent.Hopeless += hopeless;
            Show(dependent, wasOpen, wasStuck);
        }
    }

    // What it waited for has changed.
    private void Show(TaskNode node, bool wasOpen, bool wasStuck)
    {
        if (node.IsOpen != wasOpen)
        {
            if (node.IsOpen)
                _open?.Add(node);
            else
                _open?.Remove(node);
            _ready?.Show(node, node.IsOpen);
        }
        if (node.IsStuck != wasStuck)
            Show(_stuck, node, node.IsStuck);
    }

    private static void Show(SortedSet<TaskNode>? nodes, TaskNode node, bool isOne)
    {
        if (isOne)
            nodes?.Add(node);
        else
            nodes?.Remove(node);
    }

    // The sets find a node by its task: it has to leave them before the task changes.
    private void Leave(TaskNode node)
    {
        _ready?.Leave(node);
        if (node.IsOpen)
            _open?.Remove(node);
        if (node.IsActive)
            _active?.Remove(node);
        if (node.IsStuck)
            _stuck?.Remove(node);
    }

    private void Enter(TaskNode node)
    {
        _ready?.Enter(node);
        if (node.IsOpen)
            _open?.Add(node);
        if (node.IsActive)
            _active?.Add(node);
        if (node.IsStuck)
            _stuck?.Add(node);
    }
}
