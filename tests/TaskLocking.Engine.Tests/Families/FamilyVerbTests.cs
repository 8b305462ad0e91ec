using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Ready;
using TaskLocking.Tests.Contract;
using Xunit;

namespace TaskLocking.Tests.Families;

/// <summary>What the verbs make of parents and children, beside what every store promises of them.</summary>
public sealed class FamilyVerbTests : IDisposable
{
    private readonly MemoryPlace _place = new();
    private readonly TaskBoard _board;

    public FamilyVerbTests() => _board = _place.OpenBoard();

    public void Dispose()
    {
        _board.Dispose();
        _place.Dispose();
    }

    [Fact]
    public void Definitions_of_one_request_may_stand_in_any_order_and_circles_among_them_are_refused()
    {
        var outcomes = _board.Define(
            [Child("C", "B"), Child("X", "Y"), Child("B", "A"), Child("Y", "X"), new("A"), Child("S", "S"), new("A")]);
        Assert.Equal(["C", "X", "B", "Y", "A", "S", "A"], outcomes.Select(outcome => outcome.Id));
        Assert.Equal([null, RefusalCode.TaskNotFound, null, RefusalCode.TaskNotFound, null, RefusalCode.DependencyCycle,
            RefusalCode.TaskAlreadyDefined], outcomes.Select(outcome => outcome.Refusal?.Code));
        Assert.Equal(["A", "B", "C"], _board.GetTasks().Select(task => task.Id));
        Assert.Single(_board.GetTasks().Select(task => task.Version).Distinct());
    }

    [Fact]
    public void A_worker_does_not_wait_for_a_parent_of_what_nobody_does()
    {
        _board.Define([new("P"), Child("C", "P"), Child("E", "P"), new("G") { Dependencies = ["P"] }]);
        Set("C", AgentTaskStatus.Done);
        Assert.Equal(3, Outlook().Left);
        Set("E", AgentTaskStatus.Failed);
        Assert.Equal((0, "Nothing is left to do: 1 done, 1 failed, 2 stuck."), (Outlook().Left, Outlook().Sentence));
        var answer = _board.Request(new TaskRequest(new LeaseHolder("a")));
        Assert.Null(answer.Task);
        Assert.Contains("P waits for its child E, which has failed", answer.InVain);
        Set("E", AgentTaskStatus.Review);
        Assert.Equal(0, Outlook().Left);
        Set("E", AgentTaskStatus.Todo);
        Assert.Equal(3, Outlook().Left);
    }

    [Fact]
    public void The_nightly_run_gives_the_children_and_not_their_parent()
    {
        _board.RegisterAgents([new AgentProfile("ann")]);
        _board.Define([new("P") { Priority = TaskPriority.Critical }, Child("C", "P")]);
        var run = _board.RunAssignment(new AssignmentRunRequest());
        Assert.Equal(["C"], run.Assigned.Select(each => each.TaskId));
        Assert.Null(_board.FindTask("P")!.Assignee);
    }

    [Fact]
    public void What_is_only_tried_closes_nothing()
    {
        _board.Define([new("P"), Child("C", "P")]);
        _board.Edit([new TaskEdit("C") { Status = AgentTaskStatus.Done }], new CommitOptions { WhatIf = true });
        Assert.All(_board.GetTasks(), task => Assert.Equal(AgentTaskStatus.Todo, task.Status));
        Assert.Equal(RefusalCode.TaskNotReady,
            _board.Edit([new TaskEdit("P") { Status = AgentTaskStatus.Done }], new CommitOptions { WhatIf = true })[0].Refusal?.Code);
    }

    [Fact]
    public void A_completion_that_is_sent_twice_closes_the_parent_once()
    {
        _board.Define([new("P"), Child("C", "P")]);
        _board.Request(new TaskRequest(new LeaseHolder("a")) { Start = true });
        var options = new CommitOptions { RequestId = "r" };
        var first = _board.Complete([new CompleteRequest("C", "a")], options)[0];
        _board.Restart([new RestartRequest("P") { Force = true }]);
        var again = _board.Complete([new CompleteRequest("C", "a")], options)[0];
        Assert.Equal((first.Id, first.Refusal, first.Changed), (again.Id, again.Refusal, again.Changed));
        Assert.Equal(AgentTaskStatus.Todo, _board.FindTask("P")!.Status);
        Assert.Equal(["P"], _board.GetReady().Select(task => task.Id));
    }

    [Fact]
    public void One_event_tells_of_the_child_and_its_parent()
    {
        _board.Define([new("P"), Child("C", "P")]);
        using var feed = _board.OpenFeed(_board.GetTasks().Max(task => task.Version));
        Set("C", AgentTaskStatus.Done);
        var told = Assert.Single(feed.Read());
        Assert.Equal([("C", TaskEventKind.Completed), ("P", TaskEventKind.Completed)],
            told.Changes.Select(change => (change.TaskId!, change.Kind)));
    }

    [Theory]
    [InlineData(AgentTaskStatus.Failed)]
    [InlineData(AgentTaskStatus.Blocked)]
    [InlineData(AgentTaskStatus.Cancelled)]
    [InlineData(AgentTaskStatus.Review)]
    [InlineData(AgentTaskStatus.InProgress)]
    public void A_parent_that_is_elsewhere_stays_there(AgentTaskStatus status)
    {
        _board.Define([new("P"), Child("C", "P")]);
        Set("P", status);
        Set("C", AgentTaskStatus.Done);
        Assert.Equal(status, _board.FindTask("P")!.Status);
    }

    [Fact]
    public void A_failed_child_blocks_what_depends_on_it_and_no_parent()
    {
        _board.Define([new("P"), Child("C", "P"), new("D") { Dependencies = ["C"] }, new("E") { Dependencies = ["P"] }]);
        Set("C", AgentTaskStatus.Failed);
        Assert.Equal(["Todo", "Failed", "Blocked", "Todo"], _board.GetTasks().Select(task => task.StatusText));
        Set("P", AgentTaskStatus.Failed);
        Assert.Equal(["Failed", "Failed", "Blocked", "Blocked"], _board.GetTasks().Select(task => task.StatusText));
    }

    [Fact]
    public void A_parent_stays_for_children_that_stay_and_goes_with_them_in_any_order()
    {
        _board.Define([new("A"), Child("B", "A"), Child("C", "B"), new("D") { Dependencies = ["C"] }]);
        var refused = _board.Remove([new TaskRemoval("A"), new TaskRemoval("B"), new TaskRemoval("C")]);
        Assert.All(refused, outcome => Assert.Equal(RefusalCode.TaskHasDependents, outcome.Refusal?.Code));
        Assert.Equal(["D", "C", "B"], refused.Reverse().SelectMany(outcome => outcome.Refusal!.Ids));
        Assert.All(_board.Remove([.. "ABCD".Select(id => new TaskRemoval(id.ToString()))]), outcome => Assert.Null(outcome.Refusal));
        Assert.Empty(_board.GetTasks());
    }

    [Fact]
    public void A_swarm_that_is_cancelled_takes_parents_of_its_own_along_before_they_are_done()
    {
        _board.Define([Of("P", null), Of("C", "P"), Of("E", "P"), new("F") { Dependencies = ["P"] }]);
        Set("C", AgentTaskStatus.Done);
        Assert.Equal(["P", "E", "F"], _board.CancelSwarm("s").Cancelled);
        Assert.Equal(["Cancelled", "Done", "Cancelled", "Cancelled"], _board.GetTasks().Select(task => task.StatusText));

        static TaskDefinition Of(string id, string? parent) => new(id) { Parent = parent, Swarm = "s" };
    }

    private WorkOutlook Outlook() => WorkOutlook.Of(_board.State(default), new ReadyQuery());

    private static TaskDefinition Child(string id, string parent) => new(id) { Parent = parent };

    private void Set(string id, AgentTaskStatus status) => Assert.Null(_board.Edit([new TaskEdit(id) { Status = status }])[0].Refusal);
}
