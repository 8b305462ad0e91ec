using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Proof;
using Xunit;

namespace TaskLocking.Tests.Proof;

public sealed class BruteForceTests
{
    [Fact]
    public void The_search_says_what_all_orders_say()
    {
        var verdicts = new Dictionary<bool, int> { [true] = 0, [false] = 0 };
        LinearizabilityTests.ForSeeds(3000, seed =>
        {
            var random = new Random(seed);
            var id = random.Next(2) == 0 ? "A1" : "C1";
            var history = new RandomHistory(random.Next(), steps: random.Next(3, 6), width: random.Next(6), tasks: [id]);
            var operations = history.Operations.Select(operation => operation with { TaskId = id })
                .Select(operation => random.Next(3) == 0 ? Bent(operation, random) : operation).ToList();
            var model = new TaskModel(history.Deaths);
            var initial = random.Next(4) == 0 ? TaskState.Free : TaskState.Absent;
            var expected = BruteForce.Explains(model, initial, operations);
            verdicts[expected]++;
            var found = HistorySearch.Run(model, initial, operations.Select(HistoryItem.Of), 500_000).IsExplained;
            return found == expected ? null : $"{found} where all orders say {expected}:\n{ExcerptText.Of(operations)}";
        });
        Assert.True(verdicts.Values.Min() > 500, string.Join(", ", verdicts));
    }

    private static Operation Bent(Operation operation, Random random) => random.Next(9) switch
    {
        0 => operation with { Answer = operation.End is null ? OperationAnswer.None : OperationAnswer.Done },
        1 => operation with { Agent = "abcd"[random.Next(4)].ToString() },
        2 => operation with { Token = random.Next(1, 5) },
        3 => operation with { Owner = random.Next(2) == 0 ? null : "a" },
        4 => operation with { Start = operation.Start - random.Next(1, 5000), End = operation.End + random.Next(1, 5000) },
        5 => operation with { Kind = (OperationKind)random.Next(8) },
        6 when operation.End is not null => operation with { Answer = OperationAnswer.Refused, Refusal = (RefusalCode)random.Next(24) },
        7 => operation with { Status = (AgentTaskStatus)random.Next(4) },
        _ => operation with { Answer = OperationAnswer.None, End = null },
    };
}
