using System;
using System.Collections.Generic;
using TaskLocking.Rules;

namespace TaskLocking.Proof;

/// <summary>A task as the store tells it when all is over.</summary>
/// <param name="Id">The task.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Owner">Who has it, by claim or by assignment; null for nobody.</param>
/// <param name="Token">The token of its claim, 0 without one.</param>
/// <param name="History">Its changes, oldest first.</param>
internal sealed record FinalTask(string Id, AgentTaskStatus Status, string? Owner, long Token, IReadOnlyList<TaskHistoryEntry> History)
{
    public static FinalTask Of(AgentTask task, IReadOnlyList<TaskHistoryEntry> history) =>
        new(task.Id, task.Status, task.Owner, task.Claim?.Token ?? 0, history);

    /// <summary>The same as an operation: a read after everything else. With it the checker holds the end against all answers.</summary>
    /// <param name="number">Its number among those of the reader.</param>
    /// <param name="time">When it was read, in ticks.</param>
    /// <param name="worker">The reader.</param>
    public Operation AsRead(int number, long time, string worker = "end") =>
        new(worker, number, OperationKind.Read, Id, time, time, OperationAnswer.Done)
        {
            Status = Status,
            Owner = Owner,
            Token = Token,
        };

    /// <summary>Every task by its id.</summary>
    public static IReadOnlyDictionary<string, FinalTask> All(TaskBoard board)
    {
        var all = new Dictionary<string, FinalTask>(StringComparer.Ordinal);
        foreach (var task in board.GetTasks())
            all[task.Id] = Of(task, board.GetHistory(task.Id));
        return all;
    }
}
