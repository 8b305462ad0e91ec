using System;
using Xunit;

namespace TaskLocking.Tests.Proof;

public sealed class ReliabilityScoreTests
{
    [Theory]
    [InlineData(1, 0, 100, "100 %")]
    [InlineData(1000, 0, 100, "100 %")]
    [InlineData(0, 0, 0, "0 %")]
    [InlineData(1, 1, 0, "0 %")]
    [InlineData(3, 1, 66.6, "66.6 %")]
    [InlineData(1000, 1, 99.9, "99.9 %")]
    [InlineData(10_000_000, 1, 99.99999, "99.99999 %")]
    public void It_is_the_share_without_a_violation_and_never_rounded_up(long operations, long faulty, double percent, string text)
    {
        var score = new ReliabilityScore(operations, faulty);
        Assert.Equal(percent, score.Percent);
        Assert.Equal(text, score.ToString());
    }

    [Fact]
    public void One_violation_is_always_seen()
    {
        for (var operations = 1L; operations < 1_000_000_000_000; operations = (operations * 3) + 1)
            Assert.True(new ReliabilityScore(operations, 1).Percent < 100, operations.ToString());
    }

    [Fact]
    public void An_operation_counts_once_and_a_violation_of_nobody_counts_too()
    {
        var first = new Operation("w1", 1, OperationKind.Assign, "T-1", 0, 1, OperationAnswer.Done);
        var second = first with { Number = 2 };
        Violation Of(params Operation[] excerpt) => new(ViolationKind.Lost, "T-1", "lost", excerpt);
        Assert.Equal(new ReliabilityScore(10, 2), ReliabilityScore.Of(10, [Of(first), Of(first, second)]));
        Assert.Equal(new ReliabilityScore(11, 1), ReliabilityScore.Of(10, [Of()]));
        // A batch is one operation of several tasks.
        Assert.Equal(new ReliabilityScore(10, 1), ReliabilityScore.Of(10, [Of(first, first with { TaskId = "T-2" })]));
    }
}
