using System;
using TaskLocking.Tasks;

namespace TaskLocking.Scheduling;

/// <summary>
/// An id in the graph: a task, or what tasks wait for although nobody has defined it. Kept up by <see cref="TaskGraph"/> alone.
/// </summary>
internal sealed class TaskNode(string id, long order)
{
    // Where this node stands among the dependents of each dependency: an edge goes in one step, whoever else has it.
    private int[] _slots = [];
    private Dependent[] _dependents = [];

    public string Id { get; } = id;

    /// <summary>Null: tasks wait for it, but it is no task.</summary>
    public AgentTask? Task
    {
        get;
        set
        {
            field = value;
            IsDone = value?.IsMet == true;
            IsHopeless = value is null || (!IsDone
                && value.Status is AgentTaskStatus.Cancelled or AgentTaskStatus.Failed or AgentTaskStatus.Unknown or AgentTaskStatus.Done);
        }
    }

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

    /// <summary>Kept here because every edge asks for it: a large graph is made of misses of the cache.</summary>
    public bool IsDone { get; private set; }

    /// <summary>
    /// Whether what waits for it waits for what will not come, unless a person does something about it: it is no task, given up or failed,
    /// has a status that nobody understands, or is done while another todo of its id is not.
    /// </summary>
    public bool IsHopeless { get; private set; } = true;

    public bool IsOpen => Unmet == 0 && Task is { Status: AgentTaskStatus.Todo, IsUnderstood: true };

    /// <summary>Whether it waits for what will not come.</summary>
    public bool IsStuck => Task is { Status: AgentTaskStatus.Todo or AgentTaskStatus.Blocked } && (Hopeless > 0 || !Task.IsUnderstood);

    public bool IsActive => Task is not null && (Task.Claim is not null || Task.Status == AgentTaskStatus.InProgress);

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
