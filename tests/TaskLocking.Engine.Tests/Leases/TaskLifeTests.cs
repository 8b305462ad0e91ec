using System;
using System.Linq;
using TaskLocking.Model;
using Xunit;

namespace TaskLocking.Tests.Leases;

public sealed class TaskLifeTests
{
    [Theory]
    [InlineData("Claim", "Todo:Todo")]
    [InlineData("Start", "Todo:InProgress")]
    [InlineData("Complete", "InProgress:Done")]
    [InlineData("Submit", "InProgress:Review")]
    [InlineData("Approve", "Review:Done")]
    [InlineData("Reject", "Review:Todo")]
    [InlineData("Retry", "InProgress:Todo")]
    [InlineData("Fail", "InProgress:Failed")]
    [InlineData("Return", "Todo:Todo InProgress:Todo")]
    [InlineData("GiveUp", "Todo:Failed InProgress:Failed")]
    [InlineData("Block", "Todo:Blocked")]
    [InlineData("Unblock", "Blocked:Todo")]
    [InlineData("Restart", "Todo:Todo Blocked:Todo Cancelled:Todo Failed:Todo")]
    [InlineData("ForcedRestart", "Todo:Todo InProgress:Todo Review:Todo Done:Todo Blocked:Todo Cancelled:Todo Failed:Todo Unknown:Todo")]
    public void A_move_is_allowed_from_these_states_alone(string move, string table) =>
        Assert.Equal(table, string.Join(' ', Enum.GetValues<AgentTaskStatus>()
            .Select(from => (From: from, To: TaskLife.To(Enum.Parse<TaskMove>(move), from))).Where(pair => pair.To is not null)
                .Select(pair => $"{pair.From}:{pair.To}")));

    [Fact]
    public void Every_move_is_in_the_table() =>
        Assert.All(Enum.GetValues<TaskMove>(),
            move => Assert.Contains(Enum.GetValues<AgentTaskStatus>(), from => TaskLife.To(move, from) is not null));

    [Fact]
    public void By_hand_everything_goes_but_from_Review_to_Done()
    {
        var all = Enum.GetValues<AgentTaskStatus>();
        var refused = all.SelectMany(from => all.Where(to => !TaskLife.CanSet(from, to)).Select(to => (from, to)));
        Assert.Equal([(AgentTaskStatus.Review, AgentTaskStatus.Done)], refused);
    }

    [Theory]
    [InlineData(1, null, 30)]
    [InlineData(2, null, 60)]
    [InlineData(4, null, 240)]
    [InlineData(7, null, 1_920)]
    [InlineData(8, null, 3_600)]
    [InlineData(100, null, 3_600)]
    [InlineData(0, null, 30)]
    [InlineData(1, 1, 1)]
    [InlineData(12, 1, 2_048)]
    [InlineData(1, 7_200, 7_200)]
    [InlineData(3, 7_200, 7_200)]
    public void The_wait_doubles_up_to_an_hour_or_the_first(int attempt, int? first, int seconds) =>
        Assert.Equal(seconds, TaskLife.RetryDelay(attempt, first is { } value ? TimeSpan.FromSeconds(value) : null).TotalSeconds);
}
