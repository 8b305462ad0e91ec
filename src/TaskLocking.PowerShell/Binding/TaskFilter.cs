using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.PowerShell.Binding;

/// <summary>What a listing asks for: plain values go to the engine, patterns are matched here, where they ignore case.</summary>
internal sealed class TaskFilter(
    IReadOnlyList<AgentTaskStatus>? status = null,
    bool? isAssigned = null,
    string? assignee = null,
    string? swarm = null,
    IReadOnlyList<string>? tags = null,
    string? parent = null)
{
    private readonly NamePattern? _assignee = assignee is null ? null : new NamePattern(assignee);
    private readonly NamePattern? _swarm = swarm is null ? null : new NamePattern(swarm);
    private readonly List<NamePattern> _tags = (tags ?? []).Select(tag => new NamePattern(tag)).ToList();

    /// <summary>The part that the engine answers.</summary>
    public TaskQuery Query => new()
    {
        Statuses = status ?? [],
        IsAssigned = isAssigned,
        Assignee = _assignee?.Plain,
        Swarm = _swarm?.Plain,
        Parent = parent is null ? null : ParentWord.Read(parent),
        Tags = _tags.Where(tag => tag.Plain is not null).Select(tag => tag.Plain!).ToList(),
    };

    /// <summary>True if every task is wanted.</summary>
    public bool IsEmpty { get; } =
        status is not { Count: > 0 } && isAssigned is null && assignee is null && swarm is null && parent is null
            && tags is not { Count: > 0 };

    /// <summary>The part that the engine does not know: the patterns.</summary>
    public bool Matches(AgentTask task) =>
        (_assignee is null or { Plain: not null }
            || (task.Assignee is { } owner && (_assignee.IsMatch(owner.Name) || _assignee.IsMatch(owner.ToString()))))
        && (_swarm is null or { Plain: not null } || (task.Swarm is { } own && _swarm.IsMatch(own)))
        && _tags.TrueForAll(tag => tag.Plain is not null || task.Tags.Any(tag.IsMatch));

    /// <summary>The tasks of the board that are wanted, in document order.</summary>
    public IEnumerable<AgentTask> Select(TaskBoard board) => board.GetTasks(IsEmpty ? null : Query).Where(Matches);
}
