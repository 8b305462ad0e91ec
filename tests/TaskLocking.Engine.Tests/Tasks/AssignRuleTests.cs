using System;
using System.Linq;
using TaskLocking.Rules;
using Xunit;

namespace TaskLocking.Tests.Tasks;

public sealed class AssignRuleTests
{
    public static TheoryData<AssignmentRequest> Malformed =>
    [
        new AssignmentRequest([], "agent", "a"),
        new AssignmentRequest(["free"], "robot", "a"),
        new AssignmentRequest(["free"], "", "a"),
        new AssignmentRequest(["free"], null, "human:"),
        new AssignmentRequest(["free"], "agent", "human:a"),
        new AssignmentRequest(["free"], "human", "host:a"),
        new AssignmentRequest(["free"], "agent", null!),
        new AssignmentRequest(["free"], "agent", " "),
        new AssignmentRequest(["free"], "agent", "a\n"),
        new AssignmentRequest(["free"], "agent", new string('x', 101)),
        new AssignmentRequest(["free"], "agent", "\ud800"),
        new AssignmentRequest(["free"], "agent", "a") { Hostname = "a b\0" },
    ];

    [Theory]
    [InlineData("agent", "agent")]
    [InlineData("human", "human")]
    [InlineData("host", "host")]
    [InlineData("Agent", "agent")]
    public void A_free_task_gets_the_assignee(string type, string written)
    {
        var draft = Draft();
        var result = new AssignRule(new AssignmentRequest(["free"], type, "a") { Hostname = "h" }).Decide(draft);
        var outcome = Assert.Single(result.Assigned);
        Assert.True(result.Success && outcome.Changed);
        Assert.Empty(result.Failed);
        Assert.Equal(new Assignee(written, "a", "h", Scene.Now, Scene.By), outcome.Task!.Assignee);
        Assert.Equal(outcome.Task.Assignee, draft.Find("free")!.Assignee);
        Assert.Null(outcome.Previous!.Assignee);
    }

    [Theory]
    [InlineData(null, "human:a", "human:a")]
    [InlineData(null, "agent:a", "agent:a")]
    [InlineData(null, "Host:a", "host:a")]
    [InlineData("Human", "human:a", "human:a")]
    [InlineData(null, "a", "agent:a")]
    [InlineData(null, "anna", "human:anna")]
    [InlineData("agent", "anna", "agent:anna")]
    [InlineData(null, "agent:anna", "agent:anna")]
    [InlineData(null, "both", "agent:both")]
    [InlineData(null, "agent:team:a", "agent:team:a")]
    [InlineData("agent", "team:a", "agent:team:a")]
    public void The_name_tells_whom_it_means_where_no_type_does(string? type, string name, string meant)
    {
        var state = new MemoryState(Scene.Task("T"));
        state.Registered.AddRange([new("anna", "human"), new("both"), new("both", "human")]);
        var result = new AssignRule(new AssignmentRequest(["T"], type, name)).Decide(Scene.Draft(state));
        Assert.Equal(meant, Assert.Single(result.Assigned).Task!.Assignee!.ToString());
    }

    [Fact]
    public void Someone_elses_task_is_refused_with_who_has_it()
    {
        var draft = Draft();
        var result = Assign(draft, "bs");
        var refusal = Assert.Single(result.Failed).Refusal!;
        Assert.False(result.Success);
        Assert.Empty(result.Assigned);
        Assert.Equal((RefusalCode.TaskAlreadyAssigned, "bs", "agent:b"),
            (refusal.Code, refusal.TaskId, refusal.ExistingAssignee!.ToString()));
        Assert.Equal("b", draft.Find("bs")!.Assignee!.Name);
    }

    [Theory]
    [InlineData("agent", "a", true)]
    [InlineData("human", "a", false)]
    [InlineData("agent", "other", false)]
    public void The_same_assignee_again_is_no_change(string type, string name, bool same)
    {
        var draft = Draft();
        var before = draft.Find("mine");
        var result = new AssignRule(new AssignmentRequest(["mine"], type, name) { Hostname = "elsewhere" }).Decide(draft);
        Assert.Equal(same, result.Success);
        Assert.Equal(before, draft.Find("mine"));
        if (same)
            Assert.False(Assert.Single(result.Assigned).Changed);
    }

    [Fact]
    public void Force_takes_a_task_from_somebody()
    {
        var draft = Draft();
        var outcome = Assert.Single(Assign(draft, ["bs"], force: true).Assigned);
        Assert.Equal(("b", "a", "a"), (outcome.Previous!.Assignee!.Name, outcome.Task!.Assignee!.Name, draft.Find("bs")!.Assignee!.Name));
    }

    [Fact]
    public void One_conflict_in_a_batch_leaves_everything_as_it_was()
    {
        var draft = Draft();
        var before = draft.Tasks.ToList();
        var result = Assign(draft, "free", "bs", "none", "mine", "done");
        Assert.False(result.Success);
        Assert.Equal(["mine"], result.Assigned.Select(outcome => outcome.Id));
        Assert.Equal(["free", "bs", "none", "done"], result.Failed.Select(outcome => outcome.Id));
        Assert.Equal(
            [RefusalCode.BatchRefused, RefusalCode.TaskAlreadyAssigned, RefusalCode.TaskNotFound, RefusalCode.BatchRefused],
            result.Failed.Select(outcome => outcome.Code()));
        Assert.Equal(["bs", "none"], result.Failed[0].Refusal!.Ids);
        Assert.Equal(before, draft.Tasks);
    }

    [Fact]
    public void SkipConflict_takes_the_free_ones_and_reports_the_rest()
    {
        var draft = Draft();
        var result = Assign(draft, ["done", "bs", "none", "", "free"], skipConflict: true);
        Assert.True(result.Success);
        Assert.Equal(["done", "free"], result.Assigned.Select(outcome => outcome.Id));
        Assert.Equal(
            [RefusalCode.TaskAlreadyAssigned, RefusalCode.TaskNotFound, RefusalCode.InvalidArgument],
            result.Failed.Select(outcome => outcome.Code()));
        Assert.All(result.Assigned, outcome => Assert.Equal("agent:a", draft.Find(outcome.Id)!.Assignee!.ToString()));
    }

    [Fact]
    public void SkipConflict_that_takes_nothing_is_no_success() =>
        Assert.False(Assign(Draft(), ["bs", "none"], skipConflict: true).Success);

    [Fact]
    public void A_task_named_twice_counts_once() =>
        Assert.Equal(["free"], Assign(Draft(), "free", "free").Assigned.Select(outcome => outcome.Id));

    [Theory]
    [InlineData("free", 7L, null)]
    [InlineData("free", 6L, RefusalCode.VersionChanged)]
    [InlineData("mine", 6L, RefusalCode.VersionChanged)]
    public void A_version_that_is_not_there_refuses(string id, long version, RefusalCode? code)
    {
        var result = new AssignRule(new AssignmentRequest([id], "agent", "a") { IfVersion = version }).Decide(Draft());
        Assert.Equal(code is null, result.Success);
        Assert.Equal(code, result.Failed.SingleOrDefault()?.Code());
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_request_that_cannot_be_meant_is_refused_whole(AssignmentRequest request)
    {
        var draft = Draft();
        var thrown = Assert.Throws<TaskLockingException>(() => new AssignRule(request).Decide(draft));
        Assert.Equal(RefusalCode.InvalidArgument, thrown.Refusal.Code);
        Assert.Null(draft.Find("free")!.Assignee);
    }

    [Fact]
    public void One_assignment_in_a_large_state_looks_at_one_task()
    {
        var state = new MemoryState(Enumerable.Range(0, 10_000).Select(i => Scene.Task("T" + i)).ToArray());
        Assert.True(Assign(Scene.Draft(state), "T9999").Success);
        Assert.Equal(0, state.Enumerations);
        Assert.InRange(state.Finds, 1, 4);
    }

    private static TaskDraft Draft() => Scene.Draft(
        Scene.Task("free"),
        Scene.Task("mine").OwnedBy("a"),
        Scene.Task("bs").OwnedBy("b"),
        Scene.Task("done").Having(facts => facts with { Status = AgentTaskStatus.Done }));

    private static AssignmentResult Assign(TaskDraft draft, params string[] ids) => Assign(draft, ids, force: false);

    private static AssignmentResult Assign(TaskDraft draft, string[] ids, bool skipConflict = false, bool force = false) =>
        new AssignRule(new AssignmentRequest(ids, "agent", "a") { SkipConflict = skipConflict, Force = force }).Decide(draft);
}
