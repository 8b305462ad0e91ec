using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using TaskLocking.Proof;
using Xunit;

namespace TaskLocking.Tests.Proof;

/// <summary>The model and the traces in the history are what the engine does, not what somebody thinks it does.</summary>
public sealed class RealBoardTests
{
    [Theory]
    [InlineData(1, 400)]
    [InlineData(4, 150)]
    public async Task What_the_engine_answers_is_explained_and_kept(int threads, int operations)
    {
        using var real = new RealBoard();
        await Task.WhenAll(Enumerable.Range(1, threads)
            .Select(seed => Task.Factory.StartNew(() => real.Work(seed, operations), TaskCreationOptions.LongRunning)));
        using var board = real.Open();
        var final = FinalTask.All(board);
        var asked = real.Operations();
        List<Violation> found =
        [
            .. new LinearizabilityChecker(real.Deaths).Check([.. asked,
                .. final.Values.Select((task, at) => task.AsRead(at + 1, Stopwatch.GetTimestamp()))]),
            .. new HistoryAudit(asked, final, real.Deaths).Run(),
        ];
        Assert.True(found.Count == 0, LinearizabilityTests.Tell(found));
        var seen = asked.Select(operation => $"{operation.Kind} {operation.Answer}").ToHashSet();
        // What several threads come to is not the same each time.
        string[] telling = threads > 1 ? ["Assign Done", "Claim Done"]
            : ["Assign Done", "Assign Unchanged", "Claim Done", "Claim Unchanged", "Start Done", "Start Refused", "Complete Done",
                "Define Refused", "GiveBack Done", "Unassign Done"];
        Assert.Superset(telling.ToHashSet(), seen);
    }
}
