using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>A task that will not be done as things stand, whoever asks for work: a person has to do something about it.</summary>
public sealed record StuckTask(string TaskId, IReadOnlyList<string> Reasons) : BoardObject
{
    /// <summary>The task.</summary>
    public string TaskId { get; } = TaskId;

    /// <summary>Why, each a part of a sentence: "waits for A, which is Cancelled".</summary>
    public IReadOnlyList<string> Reasons { get; } = FixedList<string>.Of(Reasons);

    /// <summary>The task and why.</summary>
    public override string ToString() => TerminalText.Line($"{TaskId} {string.Join(", and ", Reasons)}");
}
