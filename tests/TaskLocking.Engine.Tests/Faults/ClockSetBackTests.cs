using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Rules;
using TaskLocking.StoreContract;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Faults;

/// <summary>
/// A clock that is set back by a day in a living process, and a second process whose clock never was. Versions, tokens and the order of
/// the history come from the store, not from a clock; only times depend on it: a lease and a pause last until the clock that judges them
/// has come to their end, so a clock that is set back prolongs them by that much and no further.
/// </summary>
public sealed class ClockSetBackTests : IDisposable
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Ttl = TimeSpan.FromMinutes(30);

    private readonly TempWorkspace _place = new();
    private readonly MovedClock _clock = new();
    private readonly TaskBoard _moved;
    private readonly TaskBoard _steady;

    public ClockSetBackTests()
    {
        _moved = TaskBoard.Open(_place.Path, new TaskBoardOptions { Clock = _clock });
        _steady = _place.Open();
        _moved.Define([new TaskDefinition("A") { MaxAttempt = 9, RetryDelay = TimeSpan.FromMinutes(1) }]);
    }

    [Fact]
    public void Versions_and_the_order_of_the_history_only_grow()
    {
        var versions = new List<long>();
        for (var round = 0; round < 6; round++)
        {
            var board = round % 2 == 0 ? _moved : _steady;
            versions.Add(board.Edit([new TaskEdit("A") { Name = "name " + round }])[0].Task!.Version);
            _clock.Move(-Day);
        }
        Assert.Equal(versions.Distinct().Order(), versions);
        foreach (var board in new[] { _moved, _steady, _place.Open(oneShot: true) })
            Assert.Equal(Enumerable.Range(0, 6).Select(round => "name " + round), board.GetHistory("A")
                .Where(entry => entry.Field == "name").Select(entry => entry.NewValue));
    }

    [Fact]
    public void No_token_is_given_twice_and_no_change_is_lost()
    {
        var tokens = new List<long>();
        for (var round = 0; round < 6; round++)
        {
            var (board, holder) = (round % 2 == 0 ? _moved : _steady, new LeaseHolder("agent-" + round));
            var claim = board.Request(new TaskRequest(holder) { Ttl = Ttl }).Task!.Claim!;
            tokens.Add(claim.Token);
            Assert.Null(board.Unassign(new UnassignmentRequest(["A"]) { From = holder.Agent }).Failed.SingleOrDefault()?.Refusal);
            board.Define([new TaskDefinition("kept-" + round) { Requires = ["nobody"] }]);
            _clock.Move(-Day);
        }
        Assert.Equal(tokens.Distinct().Order(), tokens);
        using var fresh = _place.Open();
        Assert.Equal(["A", .. Enumerable.Range(0, 6).Select(round => "kept-" + round)], fresh.GetTasks().Select(task => task.Id));
    }

    [Fact]
    public void A_lease_lasts_until_the_clock_has_come_to_its_end_and_no_longer()
    {
        var lost = _moved.Request(new TaskRequest(new LeaseHolder("a")) { Ttl = Ttl }).Task!.Claim!;
        _clock.Move(-Day);
        Assert.Null(_moved.Request(new TaskRequest(new LeaseHolder("b"))).Task);
        _clock.Move(Day + Ttl - TimeSpan.FromMinutes(1));
        Assert.Null(_moved.Request(new TaskRequest(new LeaseHolder("b"))).Task);
        _clock.Move(TimeSpan.FromMinutes(2));
        var taken = _moved.Request(new TaskRequest(new LeaseHolder("b"))).Task!.Claim!;
        Assert.True(taken.Token > lost.Token);
        Assert.Equal(RefusalCode.LeaseLost, _steady.Complete([new CompleteRequest("A", "a") { Token = lost.Token }])[0].Refusal!.Code);
    }

    [Fact]
    public void A_lease_that_was_taken_by_a_clock_a_day_behind_is_over_for_the_others()
    {
        _clock.Move(-Day);
        var early = _moved.Request(new TaskRequest(new LeaseHolder("a")) { Ttl = Ttl }).Task!.Claim!;
        var taken = _steady.Request(new TaskRequest(new LeaseHolder("b")) { Ttl = Ttl }).Task!.Claim!;
        Assert.True(taken.Token > early.Token);
        Assert.Null(_moved.Request(new TaskRequest(new LeaseHolder("a"))).Task);
    }

    [Fact]
    public void A_pause_before_the_next_attempt_ends_by_the_clock_that_looks_at_it()
    {
        var holder = new LeaseHolder("a");
        var claim = _moved.Request(new TaskRequest(holder)).Task!.Claim!;
        Assert.Null(_moved.Start([new StartRequest("A", holder) { Token = claim.Token }])[0].Refusal);
        Assert.Null(_moved.Fail([new FailRequest("A", "a", "once") { Token = claim.Token }])[0].Refusal);
        _clock.Move(-Day);
        Assert.Null(_moved.Request(new TaskRequest(holder)).Task);
        _clock.Move(Day + TimeSpan.FromHours(1));
        var again = _moved.Request(new TaskRequest(holder)).Task!;
        Assert.True(again.Claim!.Token > claim.Token);
    }

    public void Dispose()
    {
        _moved.Dispose();
        _steady.Dispose();
        _place.Dispose();
    }
}
