using System;
using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking.Ready;

/// <summary>
/// An id in the graph: a task, or what tasks wait for although nobody has defined it. Kept up by <see cref="TaskGraph"/> alone.
/// </summary>
internal sealed class TaskNode(string id, long order)
{
    // Where this node stands among the dependents of each dependency: an edge goes in one step, whoever else has it.
    private int[] _slots = [];
    private Dependent[] _dependents = [];

    // A number, worked out when something is sorted: a graph that is asked once for a count never needs it. Boxed, since readers of several
    // threads may do that at once, and a long may be seen half.
    private object? _age;

    private AgentTask? _known;
    private WorkStep? _step; // what has become of it since
    private bool _isSimple;
    private bool _isJudged; // whether it is simple

    public string Id { get; } = id;

    /// <summary>Null: tasks wait for it, but it is no task.</summary>
    public AgentTask? Task
    {
        get => _step is null ? _known : _step.TaskOf(Id);
        set
        {
            (_known, _step, _isJudged) = (value, null, false);
            (Priority, _age, Place) = (value?.Priority ?? default, null, value?.Source?.Place ?? 0);
            IsDone = value?.IsMet == true;
            IsChildOpen = value is not null && !IsDone && value.Status != AgentTaskStatus.Cancelled;
            IsHopeless = value is null || (!IsDone
                && value.Status is AgentTaskStatus.Cancelled or AgentTaskStatus.Failed or AgentTaskStatus.Unknown or AgentTaskStatus.Done);
        }
    }

    /// <summary>
    /// The task as it was last read: all of it but how far the work is, who does it, and what no order asks for is as it is now.
    /// </summary>
    public AgentTask? Known => _known;

    /// <summary>How far the work is, where the task was not read since; null where <see cref="Known"/> tells.</summary>
    public WorkStep? Step => _step;

    private AgentTaskStatus Status => _step?.Status ?? _known!.Status;

    /// <summary>By which it is sorted; kept here because the way to the task is long, and sorting is nothing but comparing.</summary>
    public TaskPriority Priority { get; private set; }

    /// <summary>See <see cref="TaskOrder.Age"/>.</summary>
    public long Age => (long)(_age ??= _known is null ? long.MaxValue : TaskOrder.Age(_known));

    /// <summary>Its place in the document; 0 for what is no task.</summary>
    public long Place { get; private set; }

    /// <summary>What it waits for, each once, in the order of the task.</summary>
    public TaskNode[] Dependencies { get; private set; } = [];

    /// <summary>How many of them are not done.</summary>
    public int Unmet { get; set; }

    /// <summary>How many of them nobody can bring to an end by doing what there is to do.</summary>
    public int Hopeless { get; set; }

    /// <summary>A place behind all its dependencies, but for those that are <see cref="IsLate"/>.</summary>
    public long Order { get; set; } = order;

    /// <summary>Dependencies that no place can honour while the circle that they close is there.</summary>
    public TaskNode[] Late { get; set; } = [];

    /// <summary>The last walk that came by, and from where.</summary>
    public int Mark { get; set; }

    public TaskNode? From { get; set; }

    /// <summary>The class among those that can be taken in which it stands; null if in none. Kept by the index.</summary>
    public ReadyClass? Class { get; set; }

    /// <summary>Kept here because every edge asks for it: a large graph is made of misses of the cache.</summary>
    public bool IsDone { get; private set; }

    /// <summary>
    /// Whether what waits for it waits for what will not come, unless a person does something about it: it is no task, given up or failed,
    /// has a status that nobody understands, or is done while another todo of its id is not.
    /// </summary>
    public bool IsHopeless { get; private set; } = true;

    /// <summary>Whether a parent waits for it: it is neither done nor cancelled.</summary>
    public bool IsChildOpen { get; private set; }

    /// <summary>Whether its parent waits for what will not come, unless a person does something about it.</summary>
    public bool IsHopelessChild => IsHopeless && IsChildOpen;

    /// <summary>Its parent and children; null where it has neither.</summary>
    public Family? Kin { get; set; }

    /// <summary>The task that it is a part of, which need not exist; null if of none.</summary>
    public TaskNode? Parent => Kin?.Parent;

    /// <summary>How many nodes it waits for: what it depends on, and its children.</summary>
    public int AwaitedCount => Dependencies.Length + (Kin?.Count ?? 0);

    /// <summary>One of those; the children stand in no order.</summary>
    public TaskNode AwaitedAt(int at) => at < Dependencies.Length ? Dependencies[at] : Kin!.ChildAt(at - Dependencies.Length);

    /// <summary>All of them in an order that does not depend on what became of them when.</summary>
    public IReadOnlyList<TaskNode> Awaited => Kin is not { Count: > 0 } kin ? Dependencies : [.. Dependencies, .. kin.Children()];

    /// <summary>How many nodes wait for it: what depends on it, and its parent.</summary>
    public int WaiterCount => DependentCount + (Parent is null ? 0 : 1);

    /// <summary>One of those.</summary>
    public TaskNode WaiterAt(int at) => at < DependentCount ? _dependents[at].Node : Parent!;

    /// <summary>Whether it waits for a node as one of its children.</summary>
    public bool IsParentOf(TaskNode node) => ReferenceEquals(node.Parent, this);

    public bool IsOpen => Unmet == 0 && Kin is not { Open: > 0 } && _known is { IsUnderstood: true } && Status == AgentTaskStatus.Todo;

    public bool HasClaim => _step is null ? _known?.Claim is not null : _step.Holder is not null;

    /// <summary>Whether it waits for what will not come.</summary>
    public bool IsStuck => _known is not null && (Hopeless > 0 || Kin is { Hopeless: > 0 } || !_known.IsUnderstood)
        && Status is AgentTaskStatus.Todo or AgentTaskStatus.Blocked;

    public bool IsActive => _known is not null && (HasClaim || Status == AgentTaskStatus.InProgress);

    public int DependentCount { get; private set; }

    /// <summary>One of those who wait for it; they stand in no order.</summary>
    public TaskNode DependentAt(int at) => _dependents[at].Node;

    public TaskNode[] Dependents()
    {
        var nodes = new TaskNode[DependentCount];
        for (var i = 0; i < nodes.Length; i++)
            nodes[i] = _dependents[i].Node;
        return nodes;
    }

    /// <summary>Makes room for so many dependents.</summary>
    public void Expect(int dependents)
    {
        if (dependents > _dependents.Length)
            Array.Resize(ref _dependents, dependents);
    }

    /// <summary>Whether it need not be read to know what comes of this for its place in the queue.</summary>
    /// <param name="status">Null: as it was.</param>
    /// <param name="holder">Who has the claim now; null if nobody has.</param>
    public bool CanStep(AgentTaskStatus? status, ClaimHolder? holder)
    {
        if (!_isJudged)
            (_isSimple, _isJudged) = (_known is { } known && IsSimple(known), true);
        return _isSimple && ((status ?? Status) switch
        {
            AgentTaskStatus.Todo or AgentTaskStatus.InProgress => holder is not null,
            AgentTaskStatus.Done or AgentTaskStatus.Review => holder is null,
            _ => false,
        });
    }

    /// <summary>What <see cref="CanStep"/> was asked about has happened.</summary>
    public void Take(AgentTaskStatus? status, ClaimHolder? holder, long expires, Func<string, AgentTask?> read)
    {
        var now = status ?? Status;
        (_step ??= new WorkStep(read)).Set(now, holder, expires);
        IsDone = now == AgentTaskStatus.Done;
        IsChildOpen = !IsDone;
        IsHopeless = false;
    }

    // Nothing else than status and claim decides over its place.
    private static bool IsSimple(AgentTask task) => ReferenceEquals(task.Foreign, ForeignFacts.None) && task.BlockedBy is null
        && task.NotBefore is null && task.TimeLimit is null && task.Source is { Twins: 0 } && !Person.Is(task.Assignee?.Type);

    public bool IsLate(TaskNode dependency) => Late.Length > 0 && Array.IndexOf(Late, dependency) >= 0;

    public void Connect(TaskNode[] dependencies)
    {
        Dependencies = dependencies;
        _slots = dependencies.Length == 0 ? [] : new int[dependencies.Length];
        for (var i = 0; i < dependencies.Length; i++)
        {
            _slots[i] = dependencies[i].Join(this, i);
            if (!dependencies[i].IsDone)
                Unmet++;
            if (dependencies[i].IsHopeless)
                Hopeless++;
        }
    }

    public void Disconnect()
    {
        for (var i = 0; i < Dependencies.Length; i++)
            Dependencies[i].Leave(_slots[i]);
        Dependencies = [];
        _slots = [];
        Unmet = Hopeless = 0;
    }

    private int Join(TaskNode dependent, int place)
    {
        if (DependentCount == _dependents.Length)
            Array.Resize(ref _dependents, Math.Max(4, DependentCount * 2));
        _dependents[DependentCount].Node = dependent;
        _dependents[DependentCount].Place = place;
        return DependentCount++;
    }

    private void Leave(int at)
    {
        DependentCount--;
        _dependents[at] = _dependents[DependentCount];
        _dependents[at].Node._slots[_dependents[at].Place] = at;
        _dependents[DependentCount] = default;
    }
}
