using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using TaskLocking.Model;
using Xunit;

namespace TaskLocking.StoreContract;

/// <summary>Who follows a board hears of every commit, once and in order, whoever makes it and wherever he begins.</summary>
public abstract class EventContract<TPlace> : Contract<TPlace>
    where TPlace : StorePlace, new()
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void The_life_of_a_task_is_told_step_by_step()
    {
        using var feed = Two.OpenFeed();
        Define("A", "B");
        One.AddDependencies([new DependencyEdit("B", ["A"])]);
        One.Assign(new AssignmentRequest(["A"], "agent", "ann"), new CommitOptions { By = "me" });
        One.Unassign(new UnassignmentRequest(["A"]) { From = "ann" });
        var task = One.Request(new TaskRequest(new LeaseHolder("bob"))).Task!;
        One.Start([new StartRequest("A", new LeaseHolder("bob")) { Token = task.Claim!.Token }]);
        Place.Clock.Move(TimeSpan.FromSeconds(1));
        One.Renew([new RenewRequest("A", "bob") { Token = task.Claim.Token }]);
        One.Fail([new FailRequest("A", "bob", "no branch")]);
        One.Restart([new RestartRequest("A")]);
        One.Remove([new TaskRemoval("A", Force: true)]);

        var events = Read(feed, 10);
        Assert.Equal([TaskEventKind.Defined, TaskEventKind.Changed, TaskEventKind.Assigned, TaskEventKind.Unassigned, TaskEventKind.Claimed,
            TaskEventKind.Started, TaskEventKind.Renewed, TaskEventKind.Failed, TaskEventKind.Restarted, TaskEventKind.Removed],
            events.Select(told => told.Kind));
        Assert.Equal(["A", "B"], events[0].TaskIds);
        Assert.Equal(["dependencies"], events[1].Changes[0].Fields);
        Assert.Equal(("me", "agent:ann"), (events[2].By, events[2].Agent));
        Assert.Equal(("bob", task.Version), (events[4].Agent, events[4].Version));
        Assert.Equal((AgentTaskStatus.Todo, AgentTaskStatus.InProgress), (events[5].From, events[5].To));
        Assert.Equal(("no branch", AgentTaskStatus.Failed, "bob"), (events[7].Reason, events[7].To, events[7].Agent));
        Assert.Equal([TaskEventKind.Failed, TaskEventKind.Blocked], events[7].Changes.Select(change => change.Kind));
        Assert.Equal(("B", "A"), (events[7].Changes[1].TaskId, events[7].Changes[1].Reason));
        Assert.All(events, told => Assert.NotNull(told.Time));
        Assert.Empty(feed.Read());
    }

    [Fact]
    public void A_lease_and_an_agent_are_told_too()
    {
        using var feed = Two.OpenFeed();
        One.RegisterAgents([new AgentProfile("ann")]);
        One.LockFiles(new FileLeaseRequest(new LeaseHolder("ann"), ["x.cs"]));
        One.UnlockFiles(new FileUnlockRequest("ann") { Paths = ["x.cs"] });
        One.UnregisterAgents([new AgentRemoval("ann")]);
        var events = Read(feed, 4);
        Assert.Equal([TaskEventKind.AgentRegistered, TaskEventKind.FileLocked, TaskEventKind.FileUnlocked, TaskEventKind.AgentUnregistered],
            events.Select(told => told.Kind));
        Assert.Equal(("x.cs", "ann"), (events[1].Changes[0].Path, events[1].Agent));
        Assert.Empty(events[1].TaskIds);
    }

    [Fact]
    public void A_note_and_a_pause_are_told_too()
    {
        using var feed = Two.OpenFeed();
        One.Define([new TaskDefinition("A") { Swarm = "nightly" }]);
        One.AddNotes([new NoteRequest("A", "look at the feed")]);
        One.PauseSwarms(["nightly"], "the disk is full");
        One.ResumeSwarms(["nightly"]);
        var events = Read(feed, 4);
        Assert.Equal([TaskEventKind.Defined, TaskEventKind.Noted, TaskEventKind.SwarmPaused, TaskEventKind.SwarmResumed],
            events.Select(told => told.Kind));
        Assert.Equal("A", events[1].TaskId);
        Assert.Equal(("nightly", "the disk is full"), (events[2].Changes[0].Swarm, events[2].Reason));
        Assert.Equal("nightly", events[3].Changes[0].Swarm);
    }

    [Fact]
    public void From_each_version_on_the_rest_is_told()
    {
        for (var number = 0; number < 6; number++)
            (number % 2 == 0 ? One : Two).Define([new TaskDefinition("T-" + number)]);
        using var all = Two.OpenFeed(TaskFeed.Oldest);
        var events = Read(all, 6);
        Assert.Equal(events.Select(told => told.Version), events.Select(told => told.Version).Order().Distinct());
        Assert.Equal(One.GetVersion(), events[^1].Version);
        foreach (var (seen, at) in events.Select((told, at) => (told.Version, at)).Prepend((0L, -1)))
        {
            using var rest = One.OpenFeed(seen);
            Assert.Equal(seen, rest.Version);
            var told = at == 5 ? [] : Read(rest, 5 - at, atOnce: 2);
            Assert.Equal(events.Skip(at + 1).Select(each => each.ToString()), told.Select(each => each.ToString()));
            Assert.Empty(rest.Read());
        }
    }

    [Fact]
    public void A_version_that_the_board_does_not_know_is_refused()
    {
        Define("A");
        var refused = Thrown(() => Two.OpenFeed(One.GetVersion() + 7));
        Assert.Equal((RefusalCode.EventsLost, One.GetVersion()), (refused.Code, refused.FoundVersion));
        Assert.Equal(RefusalCode.InvalidArgument, Thrown(() => Two.OpenFeed(-7)).Code);
    }

    [Fact]
    public void Who_waits_is_woken_and_a_wait_ends_in_time()
    {
        using var feed = Two.OpenFeed();
        Assert.Empty(feed.Read());
        while (feed.Wait(TimeSpan.Zero))
            Assert.Empty(feed.Read());
        using var cancel = new CancellationTokenSource();
        var told = Task.Run(() => Read(feed, 1));
        Define("A");
        Assert.Equal("A", told.GetAwaiter().GetResult()[0].TaskId);
        cancel.Cancel();
        Assert.Throws<OperationCanceledException>(() => feed.Wait(Timeout.InfiniteTimeSpan, cancel.Token));
    }

    [Fact]
    public async Task Followers_of_many_writers_hear_the_same()
    {
        const int Writers = 4;
        const int Each = 15;
        using var one = One.OpenFeed();
        using var two = Two.OpenFeed();
        var writing = Enumerable.Range(0, Writers).Select(writer => Task.Run(() =>
        {
            using var board = Place.OpenBoard();
            for (var number = 0; number < Each; number++)
                Assert.Null(board.Define([new TaskDefinition($"{writer}-{number}")])[0].Refusal);
        })).ToList();
        var heard = await Task.WhenAll(Task.Run(() => Read(one, Writers * Each)), Task.Run(() => Read(two, Writers * Each, atOnce: 3)));
        await Task.WhenAll(writing);
        Assert.Equal(heard[0].Select(told => told.ToString()), heard[1].Select(told => told.ToString()));
        Assert.Equal(Writers * Each, heard[0].SelectMany(told => told.TaskIds).Distinct().Count());
        for (var writer = 0; writer < Writers; writer++)
        {
            Assert.Equal(Enumerable.Range(0, Each).Select(number => $"{writer}-{number}"),
                heard[0].Select(told => told.TaskId!).Where(id => id[0] - '0' == writer));
        }
    }

    /// <summary>So many events; fails where they do not come.</summary>
    private static List<TaskEvent> Read(TaskFeed feed, int count, int atOnce = 1000)
    {
        var deadline = new Deadline(Patience);
        var events = new List<TaskEvent>();
        while (events.Count < count)
        {
            Assert.True(deadline.Remaining > TimeSpan.Zero, $"{events.Count} of {count} events came: {string.Join("; ", events)}");
            var read = feed.Read(atOnce);
            events.AddRange(read);
            if (read.Count == 0)
                feed.Wait(deadline.Remaining);
        }
        Assert.Equal(count, events.Count);
        Assert.Equal(feed.Version, events[^1].Version);
        return events;
    }
}
