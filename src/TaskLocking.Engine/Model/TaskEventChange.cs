using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>What a commit did to one task, agent, file or swarm.</summary>
public sealed record TaskEventChange : ValueObject
{
    internal TaskEventChange(TaskEventKind kind) => Kind = kind;

    /// <summary>What happened.</summary>
    public TaskEventKind Kind { get; }

    /// <summary>The task; null for a lease, an agent that is registered, or a swarm.</summary>
    public string? TaskId { get; internal init; }

    /// <summary>The agent whose claim, assignment, lease or registration it is; null where the commit does not tell.</summary>
    public string? Agent { get; internal init; }

    /// <summary>The file or pattern of a lease, relative to the workspace.</summary>
    public string? Path { get; internal init; }

    /// <summary>The swarm that was paused or goes on; null for all else.</summary>
    public string? Swarm { get; internal init; }

    /// <summary>The status before; null where it did not change, and for a task that is new.</summary>
    public AgentTaskStatus? From { get; internal init; }

    /// <summary>The status after; null where it did not change.</summary>
    public AgentTaskStatus? To { get; internal init; }

    /// <summary>
    /// Why: of a failure or rejection what was reported, of what is blocked the task that failed, of a pause what was said; null where
    /// nothing tells.
    /// </summary>
    public string? Reason { get; internal init; }

    /// <summary>The fields that changed, as the document names them; empty for a task that is new or gone.</summary>
    public IReadOnlyList<string> Fields { get; internal init => field = FixedList<string>.Of(value); } = FixedList<string>.None;

    /// <summary>What happened to what, on one line.</summary>
    public override string ToString() => TerminalText.Line($"{Kind} {TaskId ?? Path ?? Swarm ?? Agent}");
}
