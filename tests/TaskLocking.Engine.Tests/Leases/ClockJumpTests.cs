using System;
using System.Diagnostics;
using System.Linq;
using TaskLocking.StoreContract;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Leases;

/// <summary>A machine that slept, or whose clock was set, over the real store and with real processes.</summary>
public sealed class ClockJumpTests : IDisposable
{
    private readonly TempWorkspace _workspace = new();
    private readonly MovedClock _clock = new();
    private readonly TaskBoard _one;
    private readonly TaskBoard _two;

    public ClockJumpTests()
    {
        _one = TaskBoard.Open(_workspace.Path, new TaskBoardOptions { Clock = _clock });
        _two = TaskBoard.Open(_workspace.Path, new TaskBoardOptions { Clock = _clock });
        _one.Define([new TaskDefinition("A")]);
    }

    [Fact]
    public void After_a_long_sleep_the_task_of_a_silent_holder_goes_to_the_next_and_the_sleeper_is_told()
    {
        var sleeper = Begin(_one, new LeaseHolder("a"));
        _clock.Move(TimeSpan.FromDays(3));
        var task = _two.Request(new TaskRequest(new LeaseHolder("b"))).Task!;
        Assert.Equal(("A", 1), (task.Id, task.Strikes));
        var refusal = _one.Complete([new CompleteRequest("A", "a") { Token = sleeper.Token }]).Single().Refusal!;
        Assert.Equal((RefusalCode.LeaseLost, sleeper.Token, task.Claim!.Token, "b", task.Claim.Expires),
            (refusal.Code, refusal.ExpectedToken, refusal.FoundToken, refusal.Agent, refusal.Expires));
    }

    [Fact]
    public void A_clock_set_forward_and_back_again_does_not_bring_a_lost_claim_back()
    {
        var lost = Begin(_one, new LeaseHolder("a"));
        _clock.Move(TimeSpan.FromDays(3));
        var taken = Begin(_two, new LeaseHolder("b"));
        _clock.Move(TimeSpan.FromDays(-6));
        Assert.True(taken.Token > lost.Token);
        Assert.Equal(RefusalCode.LeaseLost, _one.Complete([new CompleteRequest("A", "a") { Token = lost.Token }]).Single().Refusal!.Code);
        Assert.Null(_one.Request(new TaskRequest(new LeaseHolder("c"))).Task);
        Assert.Null(_two.Complete([new CompleteRequest("A", "b") { Token = taken.Token }]).Single().Refusal);
    }

    [Fact]
    public void A_process_of_this_host_keeps_its_claim_over_every_jump_until_it_ends()
    {
        using var worker = Process.Start("sleep", "1000");
        try
        {
            var claim = Begin(_one,
                new LeaseHolder("a")
                {
                    Host = ProcessLiveness.HostName,
                    Pid = worker.Id,
                    ProcessStart = ProcessLiveness.StartOf(worker.Id)
                });
            foreach (var days in new[] { 400, -900, 700 })
            {
                _clock.Move(TimeSpan.FromDays(days));
                Assert.Null(_two.Request(new TaskRequest(new LeaseHolder("b"))).Task);
            }
            Assert.Equal(claim.Token, _two.FindTask("A")!.Claim!.Token);
        }
        finally
        {
            worker.Kill();
            worker.WaitForExit();
        }
        Assert.Equal("A", _two.Request(new TaskRequest(new LeaseHolder("b"))).Task!.Id);
    }

    [Fact]
    public void A_claim_of_a_reused_pid_is_nobodys()
    {
        var start = ProcessLiveness.StartOf(Environment.ProcessId)!;
        Begin(_one, new LeaseHolder("a") { Host = ProcessLiveness.HostName, Pid = Environment.ProcessId, ProcessStart = start + "0" });
        Assert.Equal("A", _two.Request(new TaskRequest(new LeaseHolder("b"))).Task!.Id);
    }

    public void Dispose()
    {
        _one.Dispose();
        _two.Dispose();
        _workspace.Dispose();
    }

    private static TaskClaim Begin(TaskBoard board, LeaseHolder holder)
    {
        var claim = board.Request(new TaskRequest(holder)).Task!.Claim!;
        Assert.Null(board.Start([new StartRequest("A", holder) { Token = claim.Token }]).Single().Refusal);
        return claim;
    }
}
