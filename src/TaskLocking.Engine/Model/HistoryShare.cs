using System;

namespace TaskLocking.Model;

/// <summary>Entries of a task's history that were written to the archive, and leave the todo as soon as a commit says so.</summary>
/// <param name="Task">The task as it was when they were written.</param>
/// <param name="Count">So many, from the first on.</param>
/// <param name="Moved">What the todo tells then of all that has left it, as JSON on one line.</param>
internal sealed record HistoryShare(AgentTask Task, int Count, ReadOnlyMemory<byte> Moved)
{
    public AgentTask Task { get; } = Task;

    public int Count { get; } = Count;

    public ReadOnlyMemory<byte> Moved { get; } = Moved;
}
