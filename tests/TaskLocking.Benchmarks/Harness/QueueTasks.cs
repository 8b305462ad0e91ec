using System;
using System.Globalization;
using System.Linq;

namespace TaskLocking.Benchmarks.Harness;

/// <summary>A queue where nothing waits for anything: tasks of all priorities, ready from the start.</summary>
internal static class QueueTasks
{
    private static readonly CommitOptions Patient = new() { Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Defines the tasks in one commit.</summary>
    public static void Define(TaskBoard board, int count)
    {
        var definitions = Enumerable.Range(0, count).Select(number => new TaskDefinition(TodoDocument.Id(number))
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"Step {number} of the queue"),
            Priority = (TaskPriority)(number % 4),
        });
        if (board.Define([.. definitions], Patient).FirstOrDefault(outcome => outcome.Refusal is not null) is { } refused)
            throw new InvalidOperationException(refused.Refusal!.Message);
    }
}
