using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using TaskLocking.Rules;
using Xunit;

namespace TaskLocking.StoreContract;

/// <summary>Parents and children: a parent waits for its children, is done with the last of them, once, and nothing is missed.</summary>
public abstract class FamilyContract<TPlace> : Contract<TPlace>
    where TPlace : StorePlace, new()
{
    private static readonly CommitOptions Patient = new() { Timeout = TimeSpan.FromMinutes(2) };

    [Fact]
    public void A_parent_is_not_given_out_before_its_children_and_is_done_with_the_last_of_them()
    {
        One.Define([Child("P.1", "P"), Child("P.2", "P"), new TaskDefinition("P"), new TaskDefinition("D") { Dependencies = ["P"] }]);
        Assert.Equal(["P", "P.1", "P.2", "D"], Two.GetTasks().Select(task => task.Id));
        Assert.Equal((2, 0), Tally("P"));
        Assert.Equal(["P.1", "P.2"], Two.GetTasks(new TaskQuery { Parent = "P" }).Select(task => task.Id));
        Assert.Equal(["P", "D"], Two.GetTasks(new TaskQuery { Parent = "" }).Select(task => task.Id));
        Assert.Equal(["P.1", "P.2"], Two.GetReady().Select(task => task.Id));
        var reason = Assert.Single(Two.Explain("P").Reasons);
        Assert.Equal((ReadinessCode.ChildrenOpen, "It waits for its children: P.1 (Todo), P.2 (Todo)"), (reason.Code, reason.Message));

        Assert.Equal(["P.1", "P.2"], Next("a", 3));
        var first = One.Complete([new CompleteRequest("P.1", "a")])[0];
        Assert.Null(first.Refusal);
        Assert.Equal((2, 1), Tally("P"));
        Assert.Equal(AgentTaskStatus.Todo, Two.FindTask("P")!.Status);
        var version = One.FindTask("P.1")!.Version;
        One.Complete([new CompleteRequest("P.2", "a")], new CommitOptions { By = "who" });
        var parent = Two.FindTask("P")!;
        Assert.Equal((AgentTaskStatus.Done, version + 1, version + 1), (parent.Status, parent.Version, Two.FindTask("P.2")!.Version));
        Assert.NotNull(parent.CompletedAt);
        var history = Two.GetHistory("P");
        Assert.Equal(("status", "Done", "who"), (history[^2].Field, history[^2].NewValue, history[^2].By));
        Assert.Equal(("children", "all closed: 2 done, the last was P.2", "who"),
            (history[^1].Field, history[^1].NewValue, history[^1].By));
        Assert.Equal(["D"], One.GetReady().Select(task => task.Id));
    }

    [Fact]
    public void It_goes_upwards_and_the_next_request_of_the_same_commit_sees_it()
    {
        One.Define([Child("A.1.1", "A.1"), Child("A.1", "A"), new TaskDefinition("A"), new TaskDefinition("D") { Dependencies = ["A"] }]);
        Assert.Equal(["A.1.1"], Next("a", 1));
        var answer = One.CompleteAndRequest([new CompleteRequest("A.1.1", "a")], new TaskRequest(new LeaseHolder("a")));
        Assert.Equal("D", answer.Next!.Task!.Id);
        Assert.All(["A", "A.1", "A.1.1"], id => Assert.Equal(AgentTaskStatus.Done, Two.FindTask(id)!.Status));
        Assert.Single(Two.GetTasks().Select(task => task.Version).Distinct());
    }

    [Fact]
    public void What_a_parent_is_refused_names_the_open_children()
    {
        One.Define([new TaskDefinition("P"), .. Enumerable.Range(1, 7).Select(each => Child($"C{each}", "P"))]);
        One.Assign(new AssignmentRequest(["P"], "agent", "a"));
        foreach (var (refusal, what) in new[]
        {
            (Refused(Two.Start([new StartRequest("P", new LeaseHolder("a"))])), "is not started"),
            (Refused(Two.Edit([new TaskEdit("P") { Status = AgentTaskStatus.Done }])), "is not done"),
        })
        {
            Assert.Equal((RefusalCode.TaskNotReady, $"Task P {what} before its children are closed: C1 (Todo), C2 (Todo), C3 (Todo), "
                + "C4 (Todo), C5 (Todo), 2 more"), (refusal.Code, refusal.Message));
            Assert.Equal(7, refusal.Ids.Count);
        }
        Assert.Equal(RefusalCode.TaskHasDependents, Refused(Two.Remove([new TaskRemoval("P")])).Code);
        Assert.All(Two.Remove([.. Enumerable.Range(1, 7).Select(each => new TaskRemoval($"C{each}"))]), each => Assert.Null(each.Refusal));
        Assert.Equal(AgentTaskStatus.Todo, One.FindTask("P")!.Status); // None of them was done.
        Assert.Null(One.Start([new StartRequest("P", new LeaseHolder("a"))])[0].Refusal);
    }

    [Fact]
    public void A_parent_that_somebody_works_on_is_left_to_him()
    {
        Define("P");
        Assert.Equal(["P"], Next("a", 1));
        One.Define([Child("C", "P")]);
        Assert.Equal(RefusalCode.TaskNotReady, Refused(Two.Complete([new CompleteRequest("P", "a")])).Code);
        Close("C");
        Assert.Equal(AgentTaskStatus.InProgress, Two.FindTask("P")!.Status);
        Assert.Null(Two.Complete([new CompleteRequest("P", "a")])[0].Refusal);
    }

    [Fact]
    public void Cancelled_children_alone_make_no_parent_done_and_failed_ones_keep_it_open()
    {
        One.Define([new TaskDefinition("P"), Child("C", "P"), Child("E", "P")]);
        Set("C", AgentTaskStatus.Failed);
        Assert.Equal(AgentTaskStatus.Todo, Two.FindTask("P")!.Status); // Not blocked: it does not depend on it.
        Set("E", AgentTaskStatus.Cancelled);
        Assert.Equal([ReadinessCode.ChildrenOpen], One.Explain("P").Reasons.Select(reason => reason.Code));
        Assert.Contains("waits for its child C, which has failed", string.Join(' ', Assert.Single(Two.CheckGraph().Stuck).Reasons));
        Set("C", AgentTaskStatus.Cancelled);
        Assert.Equal(["P"], Two.GetReady().Select(task => task.Id));
        One.Edit([new TaskEdit("P") { Status = AgentTaskStatus.Todo }]);
        One.Restart([new RestartRequest("C")]);
        Close("C");
        Assert.Equal(AgentTaskStatus.Done, Two.FindTask("P")!.Status);
        Assert.Contains("1 done, 1 cancelled", Two.GetHistory("P")[^1].NewValue);
    }

    [Fact]
    public void A_child_that_is_open_again_opens_its_parent()
    {
        One.Define([new TaskDefinition("A"), Child("B", "A"), Child("C", "B")]);
        Close("C");
        Assert.Equal(AgentTaskStatus.Done, Two.FindTask("A")!.Status);
        Assert.Equal(RefusalCode.StatusConflict, Refused(Two.Define([Child("N", "A")])).Code);
        Assert.Null(Two.Restart([new RestartRequest("C") { Force = true }])[0].Refusal);
        Assert.All(["A", "B", "C"], id => Assert.Equal(AgentTaskStatus.Todo, One.FindTask(id)!.Status));
        Close("C");
        Assert.Equal(AgentTaskStatus.Done, Two.FindTask("A")!.Status);
    }

    [Fact]
    public void Circles_and_depth_are_refused_where_they_would_arise()
    {
        One.Define([new TaskDefinition("A"), Child("B", "A"), Child("C", "B"), new TaskDefinition("X")]);
        var circle = Refused(Two.Edit([new TaskEdit("A") { Parent = "C" }]));
        Assert.Equal((RefusalCode.DependencyCycle, 3), (circle.Code, circle.Ids.Count));
        Assert.Equal(RefusalCode.DependencyCycle, Refused(Two.Edit([new TaskEdit("A") { Parent = "A" }])).Code);
        Assert.Equal(RefusalCode.DependencyCycle, Refused(Two.AddDependencies([new DependencyEdit("C", ["A"])])).Code);
        Assert.Equal(RefusalCode.DependencyCycle,
            Refused(Two.Define([new TaskDefinition("D") { Parent = "C", Dependencies = ["A"] }])).Code);
        One.AddDependencies([new DependencyEdit("X", ["A"])]);
        var mixed = Refused(Two.Edit([new TaskEdit("X") { Parent = "C" }]));
        Assert.Equal(RefusalCode.DependencyCycle, mixed.Code);
        Assert.Contains("X", mixed.Ids);
        Assert.Equal(RefusalCode.TaskNotFound, Refused(Two.Define([Child("D", "nobody")])).Code);
        Assert.Empty(Two.CheckGraph().Cycles);

        One.Define([new TaskDefinition("L1"), .. Enumerable.Range(2, 15).Select(level => Child($"L{level}", $"L{level - 1}"))]);
        Assert.Equal(RefusalCode.InvalidArgument, Refused(Two.Define([Child("L17", "L16")])).Code);
        Assert.Equal(RefusalCode.InvalidArgument, Refused(Two.Edit([new TaskEdit("A") { Parent = "L14" }])).Code);
        Assert.Null(Two.Edit([new TaskEdit("A") { Parent = "L13" }])[0].Refusal);
        Assert.Equal(18, One.GetProgressBelow("L1").Total);
    }

    [Fact]
    public void A_removed_parent_leaves_its_children_where_that_is_forced()
    {
        One.Define([new TaskDefinition("P"), Child("C", "P"), Child("E", "P")]);
        Assert.Equal(["C", "E"], Refused(Two.Remove([new TaskRemoval("P")])).Ids);
        Assert.Null(Two.Remove([new TaskRemoval("P", Force: true)])[0].Refusal);
        Assert.All(One.GetTasks(), task => Assert.Null(task.Parent));
        Assert.Empty(One.CheckGraph().ParentMissing);
        Assert.Equal("parentId", One.GetHistory("C")[^1].Field);
    }

    [Fact]
    public void A_child_that_is_taken_out_or_cancelled_with_its_swarm_was_the_last_one_too()
    {
        One.Define([new TaskDefinition("P"), Child("C", "P"), Child("E", "P"), new TaskDefinition("Q"), Child("F", "Q"),
            new TaskDefinition("G") { Parent = "Q", Swarm = "s" }]);
        Close("C");
        Two.Edit([new TaskEdit("E") { Parent = "" }]);
        Assert.Equal(AgentTaskStatus.Done, One.FindTask("P")!.Status);
        Close("F");
        Two.CancelSwarm("s");
        Assert.Equal(AgentTaskStatus.Done, One.FindTask("Q")!.Status);
    }

    [Fact]
    public void What_needs_a_review_comes_to_it_and_what_waits_for_more_stays()
    {
        One.Define([new TaskDefinition("R") { NeedsReview = true }, Child("C", "R"), new TaskDefinition("D"),
            new TaskDefinition("W") { Dependencies = ["D"] }, Child("E", "W")]);
        Close("C");
        Assert.Equal(AgentTaskStatus.Review, Two.FindTask("R")!.Status);
        Close("E");
        Assert.Equal(AgentTaskStatus.Todo, Two.FindTask("W")!.Status);
        Close("D");
        Assert.Equal(["W"], Two.GetReady().Select(task => task.Id)); // It is work like any other then.
    }

    [Fact]
    public void An_archive_keeps_children_as_long_as_their_parent_is_open()
    {
        var now = new ArchiveRequest { OlderThan = TimeSpan.Zero };
        One.Define([new TaskDefinition("P"), Child("C", "P"), Child("E", "P")]);
        Close("C");
        Assert.Equal(["C"], Two.ArchiveTasks(now).Needed);
        Close("E");
        Assert.Equal(["P", "C", "E"], Two.ArchiveTasks(now).Archived);
        Assert.Empty(Two.CheckGraph().ParentMissing);
        Two.RestoreTasks(["C"]);
        Assert.Equal("P", One.FindTask("C")!.Parent);
        Assert.True(One.CheckGraph().IsHealthy);
        // A child that is open finds its parent, and opens it.
        Assert.Null(One.Restart([new RestartRequest("C") { Force = true }])[0].Refusal);
        Assert.Equal(AgentTaskStatus.Todo, Two.FindTask("P")!.Status);
        Assert.Equal((1, 0), Tally("P"));
    }

    /// <summary>Each decides while the other child is open, and one of them is second.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Of_two_who_complete_the_last_children_between_each_others_decision_and_commit_one_closes_the_parent(int children)
    {
        One.Define([new TaskDefinition("P"), .. Enumerable.Range(1, children).Select(each => Child($"C{each}", "P"))]);
        Assert.Equal(children, Next("a", children).Count);
        using var store = Place.OpenStore();
        var left = children;
        while (left > 1)
        {
            var (mine, theirs) = (left, left - 1);
            var isFirst = true;
            store.Transact(new DelegateRule<int>(draft =>
            {
                Assert.Null(new CompleteRule([new CompleteRequest($"C{mine}", "a")]).Decide(draft)[0].Refusal);
                if (isFirst)
                {
                    isFirst = false;
                    Assert.Null(Two.Complete([new CompleteRequest($"C{theirs}", "a")])[0].Refusal);
                }
                return 0;
            }), new LockSession(), new CommitOptions());
            left -= 2;
        }
        if (left == 1)
            Assert.Null(Two.Complete([new CompleteRequest("C1", "a")])[0].Refusal);
        AssertClosedOnce("P");
    }

    /// <summary>Whoever adds a child while the last one is completed: the parent is closed, or has an open child, and never both.</summary>
    [Fact]
    public void A_child_that_comes_between_decision_and_commit_keeps_the_parent_open()
    {
        One.Define([new TaskDefinition("P"), Child("C", "P")]);
        Next("a", 1);
        using var store = Place.OpenStore();
        var isFirst = true;
        store.Transact(new DelegateRule<int>(draft =>
        {
            Assert.Null(new CompleteRule([new CompleteRequest("C", "a")]).Decide(draft)[0].Refusal);
            if (isFirst)
            {
                isFirst = false;
                Assert.Null(Two.Define([Child("N", "P")])[0].Refusal);
            }
            return 0;
        }), new LockSession(), new CommitOptions());
        Assert.Equal(AgentTaskStatus.Todo, Two.FindTask("P")!.Status);

        // The other way round, where nobody knew of a parent before.
        Define("Q");
        One.Assign(new AssignmentRequest(["Q"], "agent", "a"));
        isFirst = true;
        var started = store.Transact(new DelegateRule<TaskOutcome>(draft =>
        {
            var start = new StartRule([new StartRequest("Q", new LeaseHolder("a"))], Place.Processes, StringComparison.Ordinal);
            var outcome = start.Decide(draft)[0];
            if (isFirst)
            {
                isFirst = false;
                Assert.Null(Two.Define([Child("M", "Q")])[0].Refusal);
            }
            return outcome;
        }), new LockSession(), new CommitOptions());
        Assert.Equal(RefusalCode.TaskNotReady, started.Refusal?.Code);
    }

    [Fact]
    public void Many_who_complete_the_children_of_one_parent_at_one_moment_close_it_once()
    {
        const int Workers = 6;
        for (var round = 0; round < 8; round++)
        {
            var parent = "P" + round;
            One.Define([new TaskDefinition(parent), .. Enumerable.Range(0, Workers).Select(number => Child($"{parent}.{number}", parent))]);
            Assert.Equal(Workers, Next("a", Workers).Count);
            Crowd.Run(Workers, number =>
            {
                var board = Place.OpenBoard();
                return () =>
                {
                    using (board)
                        Assert.Null(board.Complete([new CompleteRequest($"{parent}.{number}", "a")], Patient)[0].Refusal);
                };
            });
            AssertClosedOnce(parent);
        }
    }

    [Fact]
    public void A_fleet_drains_a_forest_and_every_parent_is_done()
    {
        const int Agents = 4;
        One.Define([.. Enumerable.Range(0, 40).Select(number => new TaskDefinition($"T{number}")
        {
            Parent = number == 0 ? null : "T" + ((number - 1) / 3).ToString(CultureInfo.InvariantCulture),
        })]);
        var given = 0;
        Crowd.Run(Agents, number =>
        {
            var board = Place.OpenBoard();
            return () =>
            {
                using (board)
                {
                    var holder = new LeaseHolder("a" + number);
                    while (board.Request(new TaskRequest(holder) { Start = true }, Patient).Task is { } task)
                    {
                        Interlocked.Increment(ref given);
                        Assert.Null(board.Complete([new CompleteRequest(task.Id, holder.Agent) { Token = task.Claim!.Token }], Patient)[0]
                            .Refusal);
                    }
                }
            };
        });
        // Who found nothing went home while others were at the last children; what is left is for one.
        while (One.Request(new TaskRequest(new LeaseHolder("z")) { Start = true }).Task is { } task)
        {
            given++;
            One.Complete([new CompleteRequest(task.Id, "z")]);
        }
        Assert.All(Two.GetTasks(), task => Assert.Equal(AgentTaskStatus.Done, task.Status));
        Assert.Equal(27, given); // The leaves: no parent had to be done by hand.
    }

    private static TaskDefinition Child(string id, string parent) => new(id) { Parent = parent };

    private List<string> Next(string agent, int count) =>
        [.. One.Request(new TaskRequest(new LeaseHolder(agent)) { Start = true, Count = count }).Claimed.Select(each => each.Id)];

    private void Set(string id, AgentTaskStatus status) => Assert.Null(One.Edit([new TaskEdit(id) { Status = status }])[0].Refusal);

    private void Close(string id) => Set(id, AgentTaskStatus.Done);

    private (int Total, int Closed) Tally(string id) =>
        Two.FindTask(id)!.Children is { } tally ? (tally.Total, tally.Closed) : (0, 0);

    private void AssertClosedOnce(string id)
    {
        Assert.Equal(AgentTaskStatus.Done, Two.FindTask(id)!.Status);
        Assert.Single(Two.GetHistory(id), entry => entry is { Field: "status", NewValue: "Done" });
    }
}
