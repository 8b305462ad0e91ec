using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>The answer to work that ended while the next was asked for, in one commit.</summary>
public sealed record CompletionAnswer(IReadOnlyList<TaskOutcome> Completed, TaskRequestAnswer? Next) : ValueObject
{
    /// <summary>What became of each task, in the order asked.</summary>
    public IReadOnlyList<TaskOutcome> Completed { get; } = FixedList<TaskOutcome>.Of(Completed);

    /// <summary>What was claimed; null if one of the tasks was refused: then nothing is.</summary>
    public TaskRequestAnswer? Next { get; } = Next;
}
