using System;

namespace TaskLocking.Model;

/// <summary>
/// Entries of a task's history that leave its todo, since they are in the archive by now. No change of the task: its version stays.
/// </summary>
/// <param name="before">The task.</param>
/// <param name="count">So many entries, from the first on.</param>
/// <param name="moved">What the todo tells then of all that has left it, as JSON on one line.</param>
internal sealed class HistoryMoved(AgentTask before, int count, ReadOnlyMemory<byte> moved) : StateChange
{
    public AgentTask Before => before;

    public int Count => count;

    public ReadOnlyMemory<byte> Moved => moved;
}
