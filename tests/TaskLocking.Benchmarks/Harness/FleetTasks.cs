using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace TaskLocking.Benchmarks.Harness;

/// <summary>
/// A random graph that a fleet drains: each task waits for up to three of the hundred before it. Always the same for a size.
/// </summary>
internal static class FleetTasks
{
    private const int Reach = 100;

    /// <summary>Defines the tasks in one commit.</summary>
    public static void Define(TaskBoard board, int count)
    {
        var random = new Random(count);
        var definitions = Enumerable.Range(0, count).Select(number => new TaskDefinition(TodoDocument.Id(number))
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"Step {number} of the fleet"),
            Priority = (TaskPriority)random.Next(4),
            Dependencies = Before(random, number),
        });
        if (board.Define([.. definitions]).FirstOrDefault(outcome => outcome.Refusal is not null) is { } refused)
            throw new InvalidOperationException(refused.Refusal!.Message);
    }

    private static List<string> Before(Random random, int number) =>
        number == 0 ? []
            : [.. Enumerable.Range(0, random.Next(4)).Select(_ => TodoDocument.Id(random.Next(Math.Max(0, number - Reach), number)))
                .Distinct()];
}
