using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace TaskLocking.PowerShell.Binding;

/// <summary>What a listing asks for: plain values go to the engine, patterns are matched here, where they ignore case.</summary>
internal sealed class TaskFilter(
    IReadOnlyList<AgentTaskStatus>? status = null,
    bool? isAssigned = null,
    string? assignee = null,
    string? swarm = null,
    IReadOnlyList<string>? tags = null)
{
    private readonly WildcardPattern? _assignee = Pattern(assignee);
    private readonly WildcardPattern? _swarm = Pattern(swarm);

    /// <summary>The part that the engine answers.</summary>
    public TaskQuery Query { get; } = new()
    {
        Statuses = status ?? [],
        IsAssigned = isAssigned,
        Assignee = Plain(assignee),
        Swarm = Plain(swarm),
        Tags = tags ?? [],
    };

    /// <summary>True if every task is wanted.</summary>
    public bool IsEmpty { get; } =
        status is not { Count: > 0 } && isAssigned is null && assignee is null && swarm is null && tags is not { Count: > 0 };

    /// <summary>The part that the engine does not know: the patterns.</summary>
    public bool Matches(AgentTask task) =>
        (_assignee is null || (task.Assignee is { } a && (_assignee.IsMatch(a.Name) || _assignee.IsMatch(a.ToString()))))
        && (_swarm is null || (task.Swarm is { } s && _swarm.IsMatch(s)));

    /// <summary>The tasks of the board that are wanted, in document order.</summary>
    public IEnumerable<AgentTask> Select(TaskBoard board) => board.GetTasks(IsEmpty ? null : Query).Where(Matches);

    private static string? Plain(string? text) => text is null || WildcardPattern.ContainsWildcardCharacters(text) ? null : text;

    private static WildcardPattern? Pattern(string? text) =>
        text is not null && WildcardPattern.ContainsWildcardCharacters(text) ? WildcardPattern.Get(text, WildcardOptions.IgnoreCase) : null;
}
