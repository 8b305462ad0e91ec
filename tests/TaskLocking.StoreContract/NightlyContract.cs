using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace TaskLocking.StoreContract;

/// <summary>A nightly run leaves a record of itself beside the tasks, which every board of the place reads.</summary>
public abstract class NightlyContract<TPlace> : Contract<TPlace>
    where TPlace : StorePlace, new()
{
    private static readonly CommitOptions ByCron = new() { By = "cron" };

    [Fact]
    public void What_a_run_did_is_known_to_everybody()
    {
        Assert.Null(Two.GetLastRun());
        Define("A", "B");
        One.RegisterAgents([new AgentProfile("ann", MaxTasks: 1)]);
        var begun = Place.Clock.GetUtcNow();
        using var feed = Two.OpenFeed();
        var run = One.RunAssignment(new AssignmentRunRequest { ArchiveAfter = TimeSpan.Zero }, ByCron);
        Assert.Equal("A", Assert.Single(run.Assigned).TaskId);
        Assert.Null(run.Stopped);

        foreach (var board in new[] { One, Two })
        {
            var told = board.GetLastRun()!;
            Assert.Equal((0, 1, 1, 0), (told.Maintained, told.Assigned, told.Skipped, told.Archived));
            Assert.Equal(("cron", null, null), (told.By, told.Swarm, told.Stopped));
            Assert.InRange(told.Finished, begun - TimeSpan.FromMilliseconds(1), begun + TimeSpan.FromHours(1));
            Assert.Equal(told.Finished, told.Succeeded);
        }
        var events = new List<TaskEvent>();
        while (events.Count < 2)
            events.AddRange(feed.Read());
        Assert.Equal([TaskEventKind.Assigned, TaskEventKind.NightlyRun], events.Select(each => each.Kind));
    }

    [Fact]
    public void One_that_finds_nothing_soon_after_commits_nothing()
    {
        Define("A");
        One.RunAssignment(new AssignmentRunRequest());
        var (version, first) = (Two.GetVersion(), Two.GetLastRun());
        Two.RunAssignment(new AssignmentRunRequest());
        Assert.Equal((version, first), (Two.GetVersion(), Two.GetLastRun()));

        Place.Clock.Move(TimeSpan.FromMinutes(16));
        Two.RunAssignment(new AssignmentRunRequest());
        Assert.Equal(version + 1, One.GetVersion());
        Assert.NotEqual(first!.Finished, One.GetLastRun()!.Finished);
        // Of another swarm it is another run.
        Two.RunAssignment(new AssignmentRunRequest { Swarm = "s" });
        Assert.Equal("s", One.GetLastRun()!.Swarm);
    }

    [Fact]
    public void A_preview_leaves_none_nor_does_one_that_is_refused_or_finds_no_board()
    {
        One.RunAssignment(new AssignmentRunRequest());
        Assert.Equal((0, null), (Two.GetVersion(), Two.GetLastRun()));
        Define("A");
        One.RunAssignment(new AssignmentRunRequest { WhatIf = true });
        Assert.Equal(RefusalCode.AgentNotFound, Thrown(() => One.RunAssignment(new AssignmentRunRequest { Agents = ["none"] })).Code);
        Assert.Null(Two.GetLastRun());
    }

    [Fact]
    public void It_stays_whatever_is_committed_around_it()
    {
        Define("A");
        One.RunAssignment(new AssignmentRunRequest());
        var told = Two.GetLastRun();
        One.RegisterAgents([new AgentProfile("ann")]);
        One.LockFiles(new FileLeaseRequest(new LeaseHolder("ann"), ["x"]));
        One.PauseSwarms(["none"]);
        One.Define([new TaskDefinition("B") { Swarm = "s" }], new CommitOptions { RequestId = "once" });
        One.PauseSwarms(["s"]);
        One.ResumeSwarms(["s"]);
        One.UnlockFiles(new FileUnlockRequest("ann"));
        One.UnregisterAgents([new AgentRemoval("ann")]);
        One.Edit([new TaskEdit("A") { Status = AgentTaskStatus.Done }]);
        One.ArchiveTasks(new ArchiveRequest { OlderThan = TimeSpan.Zero });
        One.RestoreTasks(["A"]);
        Assert.Equal(told, One.GetLastRun());
        One.Sync();
        using var third = Place.OpenBoard();
        Assert.Equal(told, third.GetLastRun());
        Assert.Equal(told, Two.GetLastRun());
    }
}
