using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using TaskLocking.Proof;
using Xunit;

namespace TaskLocking.Tests.Proof;

public sealed class OperationLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("proof-").FullName;

    [Fact]
    public void What_was_asked_and_told_is_read_back()
    {
        using (var log = new OperationLog(Place("w1"), "w1"))
        {
            Assert.Equal("w1#1", log.Mark(log.Begin(OperationKind.Define, ["A", "B"], null)));
            log.End(1, OperationAnswer.Done);
            log.End(log.Begin(OperationKind.Assign, ["A", "B"], "ann"),
            [
                new OperationFacts("A", OperationAnswer.Refused) { Refusal = RefusalCode.TaskAlreadyAssigned, Owner = "a\tb\n%09" },
                new OperationFacts("B", OperationAnswer.Unchanged),
            ]);
            log.End(log.Begin(OperationKind.Read, ["A"], null),
                [new OperationFacts("A", OperationAnswer.Done) { Status = AgentTaskStatus.InProgress, Token = 7 }]);
            log.End(log.Begin(OperationKind.Complete, ["A"], "ann", 7), RefusalCode.LeaseLost, "ben");
            log.End(log.Begin(OperationKind.Complete, ["A"], "ann", 7), RefusalCode.CommitUncertain);
        }
        var read = OperationLogReader.Read(Place("w1"));
        Assert.Equal(["A", "B", "A", "B", "A", "A", "A"], read.Select(operation => operation.TaskId));
        Assert.All(read, operation => Assert.True(operation.Start <= operation.End));
        Assert.Equal(new Operation("w1", 2, OperationKind.Assign, "A", read[2].Start, read[2].End, OperationAnswer.Refused)
        {
            Agent = "ann",
            Refusal = RefusalCode.TaskAlreadyAssigned,
            Owner = "a\tb\n%09",
        }, read[2]);
        Assert.Equal((OperationAnswer.Unchanged, (string?)null, "w1#2"), (read[3].Answer, read[3].Owner, read[3].Mark));
        Assert.Equal((AgentTaskStatus.InProgress, 7L), (read[4].Status, read[4].Token));
        Assert.Equal((RefusalCode.LeaseLost, "ben", 7L), (read[5].Refusal, read[5].Owner, read[5].Token));
        Assert.True(read[6].IsOpen);
    }

    [Fact]
    public void A_claim_has_the_task_that_came_and_none_before_its_answer()
    {
        using var log = new OperationLog(Place("w1"), "w1");
        log.End(log.Begin(OperationKind.Claim, [], "ann"), [new OperationFacts("A", OperationAnswer.Done) { Token = 5, ValidUntil = 900 }]);
        log.End(log.Begin(OperationKind.Claim, [], "ann"), OperationAnswer.Unchanged);
        log.Begin(OperationKind.Claim, [], "ann");
        Assert.Equal(
            [("A", OperationAnswer.Done, 5L, 900L), ("", OperationAnswer.Unchanged, 0, null), ("", OperationAnswer.None, 0, null)],
            OperationLogReader.Read(Place("w1"))
                .Select(operation => (operation.TaskId, operation.Answer, operation.Token, operation.ValidUntil)));
    }

    [Fact]
    public void A_log_that_is_cut_anywhere_is_read_up_to_its_last_whole_line()
    {
        using (var log = new OperationLog(Place("whole"), "w1"))
        {
            log.End(log.Begin(OperationKind.Define, ["A", "B"], null), OperationAnswer.Done);
            log.Begin(OperationKind.Assign, ["A"], "ann");
        }
        var bytes = File.ReadAllBytes(Place("whole"));
        var seen = new List<(int, int)>();
        for (var length = 0; length <= bytes.Length; length++)
        {
            File.WriteAllBytes(Place("cut"), bytes[..length]);
            var read = OperationLogReader.Read(Place("cut"));
            seen.Add((read.Count, read.Count(operation => operation.IsOpen)));
        }
        // Nothing, both tasks of the batch open, both done, and the next one open.
        Assert.Equal([(0, 0), (2, 2), (2, 0), (3, 1)], seen.Distinct());
    }

    [Fact]
    public void Logs_are_brought_into_the_order_of_the_starts()
    {
        using var one = new OperationLog(Place("1"), "w1");
        using var two = new OperationLog(Place("2"), "w2");
        one.Begin(OperationKind.Define, ["A"], null);
        two.Begin(OperationKind.Define, ["A"], null);
        one.Begin(OperationKind.Read, ["A"], null);
        Assert.Equal(["w1#1", "w2#1", "w1#2"], OperationLogReader.ReadAll([Place("2"), Place("1")]).Select(operation => operation.Mark));
    }

    [Theory]
    [InlineData("X\t1\n")]
    [InlineData("W\tw\nS\tone\tDefine\t1\t\t\tA\n")]
    [InlineData("W\tw\nS\t1\tMelt\t1\t\t\tA\n")]
    [InlineData("W\tw\nS\t1\n")]
    public void What_no_worker_writes_is_refused(string text)
    {
        File.WriteAllText(Place("foreign"), text);
        Assert.Throws<InvalidDataException>(() => OperationLogReader.Read(Place("foreign")));
    }

    [Fact]
    public void A_name_is_used_once()
    {
        using var log = new OperationLog(Place("w1"), "w1");
        Assert.ThrowsAny<IOException>(() => new OperationLog(Place("w1"), "w1"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Place(string name) => Path.Combine(_folder, name);
}
