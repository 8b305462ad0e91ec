using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>The answer to a <see cref="TaskRequest"/>.</summary>
public sealed record TaskRequestAnswer(AgentTask? Task, string? Nothing, IReadOnlyList<FileConflict> Overlaps) : ValueObject
{
    /// <summary>The task with its claim; null when nothing is free for this agent, which is no error.</summary>
    public AgentTask? Task { get; } = Task;

    /// <summary>Why there is none, in a sentence; null when there is one.</summary>
    public string? Nothing { get; } = Nothing is null ? null : TerminalText.Line(Nothing);

    /// <summary>Which tasks wait for what will not come, in a sentence that is part of <see cref="Nothing"/>; null if none does.</summary>
    public string? InVain { get; internal init => field = value is null ? null : TerminalText.Line(value); }

    /// <summary>
    /// What was claimed, the best first, each with the files of it that somebody else has; the first is <see cref="Task"/>. Empty when
    /// nothing is free.
    /// </summary>
    public IReadOnlyList<TaskOutcome> Claimed { get; internal init => field = FixedList<TaskOutcome>.Of(value); } = [];

    /// <summary>Files of the task that somebody else has; only with <see cref="FileOverlap.Warn"/>.</summary>
    public IReadOnlyList<FileConflict> Overlaps { get; } = FixedList<FileConflict>.Of(Overlaps);
}
