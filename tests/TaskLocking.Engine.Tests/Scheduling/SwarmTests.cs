using System;
using System.IO;
using System.Linq;
using Xunit;

namespace TaskLocking.Tests.Scheduling;

public sealed class SwarmTests : IDisposable
{
    private static readonly CommitOptions ByEva = new() { By = "eva" };

    private readonly string _folder = Directory.CreateTempSubdirectory("tasklock-swarm-").FullName;
    private readonly TaskBoard _board;

    public SwarmTests()
    {
        _board = TaskBoard.Open(_folder);
        _board.Define([new TaskDefinition("S-1") { Swarm = "s" }, new TaskDefinition("S-2") { Swarm = "s", Dependencies = ["S-1"] },
            new TaskDefinition("S-3") { Swarm = "s", Priority = TaskPriority.Critical },
            new TaskDefinition("O-1") { Dependencies = ["S-2"] },
            new TaskDefinition("O-2"), new TaskDefinition("P") { Swarm = "t" }]);
    }

    public void Dispose()
    {
        _board.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_paused_swarms_tasks_are_given_to_nobody_and_then_again()
    {
        Assert.Equal("S-3", Request("a", null).Id);
        Assert.True(Assert.Single(_board.PauseSwarms(["s"], "server down", ByEva)).Changed);
        Assert.Equal(["O-2", "P"], _board.GetReady().Select(task => task.Id));
        Assert.Equal(["O-2", "P"], new[] { Request("b", null).Id, Request("b", null).Id });
        var nothing = _board.Request(new TaskRequest(new LeaseHolder("b")) { Swarm = "s" });
        Assert.Null(nothing.Task);
        Assert.Contains("Its swarm s is paused since", nothing.Nothing!);
        Assert.Contains("(server down)", nothing.Nothing!);
        var reason = Assert.Single(_board.Explain("S-1").Reasons);
        Assert.Equal((ReadinessCode.SwarmPaused, "eva"), (reason.Code, reason.Agent));
        // What was taken before goes on.
        Assert.Null(_board.Start([new StartRequest("S-3", new LeaseHolder("a"))])[0].Refusal);
        Assert.Null(_board.Complete([new CompleteRequest("S-3", "a")])[0].Refusal);
        Assert.True(_board.ResumeSwarms(["s"])[0].Changed);
        Assert.Equal("S-1", Request("b", "s").Id);
    }

    [Fact]
    public void It_is_seen_by_other_boards_and_after_a_restart()
    {
        using var other = TaskBoard.Open(_folder);
        _ = other.GetReady();
        Assert.Equal("S-3", other.Request(new TaskRequest(new LeaseHolder("x")) { Swarm = "s" }).Task?.Id);
        _board.PauseSwarms(["s"], "why", ByEva);
        Assert.Null(other.Request(new TaskRequest(new LeaseHolder("x")) { Swarm = "s" }).Task);
        _board.Sync();
        using var later = TaskBoard.Open(_folder);
        var swarm = later.GetSwarms().Single(each => each.IsPaused);
        Assert.Equal(("s", "eva", "why", 3, 0, 0, 3),
            (swarm.Swarm, swarm.PausedBy, swarm.Reason, swarm.Total, swarm.Done, swarm.InProgress, swarm.Open));
        Assert.Equal(["s", "t"], later.GetSwarms().Select(each => each.Swarm));
    }

    [Fact]
    public void The_nightly_run_passes_it_over_and_tells_why()
    {
        _board.RegisterAgents([new AgentProfile("bot")]);
        _board.PauseSwarms(["s", "t"]);
        var run = _board.RunAssignment(new AssignmentRunRequest());
        Assert.Equal(["O-2"], run.Assigned.Select(each => each.TaskId));
        Assert.Contains(run.Skipped, skipped => skipped.TaskId == "S-3" && skipped.Reason.Contains("is paused", StringComparison.Ordinal));
    }

    [Fact]
    public void A_worker_has_nothing_left_but_what_is_paused()
    {
        _board.PauseSwarms(["s"]);
        var outlook = TaskLocking.Ready.WorkOutlook.Of(_board.State(default), new ReadyQuery { Swarm = "s" });
        Assert.Equal(0, outlook.Left);
        Assert.Contains("of a paused swarm", outlook.Sentence);
    }

    [Fact]
    public void Again_is_no_change_and_an_unknown_swarm_is_refused()
    {
        Assert.Equal(RefusalCode.TaskNotFound, _board.PauseSwarms(["none"])[0].Refusal?.Code);
        Assert.Equal(RefusalCode.InvalidArgument, _board.PauseSwarms([""])[0].Refusal?.Code);
        Assert.Equal(RefusalCode.InvalidArgument, _board.PauseSwarms(["s"], "two\nlines")[0].Refusal?.Code);
        Assert.Equal(RefusalCode.TaskNotFound, _board.CancelSwarm("none").Refusal?.Code);
        _board.PauseSwarms(["s"]);
        var version = _board.GetVersion();
        Assert.False(_board.PauseSwarms(["s"])[0].Changed);
        Assert.False(_board.ResumeSwarms(["t"])[0].Changed);
        Assert.Equal(version, _board.GetVersion());
    }

    [Fact]
    public void Cancelled_is_what_is_open_and_what_waits_for_it_but_not_what_runs()
    {
        Request("a", "s", start: true); // S-3
        _board.Define([new TaskDefinition("O-3") { Dependencies = ["S-3"] }, new TaskDefinition("S-4") { Swarm = "s" }]);
        _board.Edit([new TaskEdit("S-4") { Status = AgentTaskStatus.Done }]);
        var version = _board.GetVersion();
        var preview = _board.CancelSwarm("s", options: new CommitOptions { WhatIf = true });
        Assert.Equal(["S-1", "S-2", "O-1", "S-3"], preview.Cancelled.Concat(preview.LeftRunning));
        Assert.Equal(version, _board.GetVersion());
        _board.PauseSwarms(["s"]);
        Assert.Equal(["S-1", "S-2", "O-1"], _board.CancelSwarm("s").Cancelled);
        Assert.Single(_board.GetTasks().Where(task => task.Status == AgentTaskStatus.Cancelled).Select(task => task.Version).Distinct());
        Assert.Equal((AgentTaskStatus.InProgress, AgentTaskStatus.Todo, AgentTaskStatus.Done),
            (_board.FindTask("S-3")!.Status, _board.FindTask("O-3")!.Status, _board.FindTask("S-4")!.Status));
        Assert.DoesNotContain(_board.GetSwarms(), swarm => swarm.IsPaused);
        Assert.Equal(["S-3", "O-3"], _board.CancelSwarm("s", force: true).Cancelled);
        Assert.Null(_board.FindTask("S-3")!.Claim);
        Assert.Equal(RefusalCode.LeaseLost, _board.Complete([new CompleteRequest("S-3", "a") { Token = 1 }])[0].Refusal?.Code);
        Assert.False(_board.CancelSwarm("s", force: true).Changed);
    }

    private AgentTask Request(string agent, string? swarm, bool start = false) =>
        _board.Request(new TaskRequest(new LeaseHolder(agent)) { Swarm = swarm, Start = start }).Task!;
}
