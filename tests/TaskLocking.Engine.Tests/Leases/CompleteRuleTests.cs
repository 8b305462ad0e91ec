using System.Linq;
using TaskLocking.Rules;
using TaskLocking.Tests.Tasks;
using Xunit;

namespace TaskLocking.Tests.Leases;

public sealed class CompleteRuleTests
{
    [Fact]
    public void Work_that_is_done_leaves_nothing_behind()
    {
        var state = new MemoryState(Scene.Task("T").StartedBy("a").Set(execution => execution with
        {
            Strikes = 2,
            NotBefore = LifeScene.Now,
            Failure = new TaskFailure("r", LifeScene.Now, "b"),
            Attempt = 2
        }));
        state.Leased.AddRange([LifeScene.FileOf("a", "T"), LifeScene.FileOf("a", "U", "u"), LifeScene.FileOf("a", null, "own")]);
        var draft = Scene.Draft(state);
        var outcome = Complete(draft, new CompleteRequest("T", "a") { Token = 50 });
        Assert.True(outcome.Changed);
        Assert.Equal((AgentTaskStatus.Done, LifeScene.Now, "agent:a"),
            (outcome.Task!.Status, outcome.Task.CompletedAt, outcome.Task.Assignee!.ToString()));
        Assert.Equal((null, null, null, null, 0, 2),
            (outcome.Task.Claim, outcome.Task.StartedAt, outcome.Task.Failure, outcome.Task.NotBefore, outcome.Task.Strikes,
                outcome.Task.Attempt));
        Assert.Equal(["own", "u"], draft.FileLeases.Select(lease => lease.Path).Order());
    }

    [Theory]
    [InlineData("started", "a", 50L, null)]
    [InlineData("started", "a", null, null)]
    [InlineData("started", "a", 49L, RefusalCode.LeaseLost)]
    [InlineData("started", "b", 50L, RefusalCode.LeaseLost)]
    [InlineData("started", "b", null, RefusalCode.NotOwner)]
    [InlineData("lapsed", "a", 50L, null)]
    [InlineData("claimed", "a", 50L, RefusalCode.StatusConflict)]
    [InlineData("assigned", "a", null, RefusalCode.StatusConflict)]
    [InlineData("assigned", "a", 50L, RefusalCode.LeaseLost)]
    [InlineData("assigned", "b", null, RefusalCode.NotOwner)]
    [InlineData("byHand", "a", null, null)]
    [InlineData("byHand", "b", null, RefusalCode.NotOwner)]
    [InlineData("done", "a", null, RefusalCode.StatusConflict)]
    [InlineData("done", "a", 50L, RefusalCode.LeaseLost)]
    [InlineData("free", "a", null, RefusalCode.StatusConflict)]
    [InlineData("none", "a", null, RefusalCode.TaskNotFound)]
    [InlineData("", "a", null, RefusalCode.InvalidArgument)]
    [InlineData("started", "", null, RefusalCode.InvalidArgument)]
    public void Who_may_complete_what(string id, string agent, long? token, RefusalCode? code)
    {
        var draft = Draft();
        Assert.Equal(code, Complete(draft, new CompleteRequest(id, agent) { Token = token }).Code());
        // The other verbs of a claim judge alike.
        Assert.Equal(code, Assert.Single(new FailRule([new FailRequest(id, agent, "r") { Token = token }]).Decide(Draft())).Code());
    }

    [Fact]
    public void A_late_finisher_is_told_who_has_the_task_now()
    {
        var refusal = Complete(Draft(), new CompleteRequest("started", "b") { Token = 40 }).Refusal!;
        Assert.Equal((40L, 50L, "a", LifeScene.Now.AddMinutes(30), "agent:a"),
            (refusal.ExpectedToken, refusal.FoundToken, refusal.Agent, refusal.Expires, refusal.ExistingAssignee!.ToString()));
    }

    [Theory]
    [InlineData(false, false, "agent", AgentTaskStatus.Done)]
    [InlineData(true, false, "agent", AgentTaskStatus.Review)]
    [InlineData(true, false, "host", AgentTaskStatus.Review)]
    [InlineData(false, true, "agent", AgentTaskStatus.Review)]
    [InlineData(true, false, "human", AgentTaskStatus.Review)]
    [InlineData(false, false, "human", AgentTaskStatus.Done)]
    [InlineData(false, true, "human", AgentTaskStatus.Review)]
    public void Review_comes_where_the_task_or_the_caller_wants_it(bool needsReview, bool forReview, string type, AgentTaskStatus status)
    {
        var owner = type == "human" ? "human" : "agent";
        var draft = Scene.Draft(Scene.Task("T").StartedBy("a").OwnedBy("a",
            owner).Set(execution => execution with { NeedsReview = needsReview }));
        var task = Complete(draft, new CompleteRequest("T", "a") { ForReview = forReview, Type = type }).Task!;
        Assert.Equal((status, null, owner + ":a"), (task.Status, task.Claim, task.Assignee!.ToString()));
    }

    [Theory]
    [InlineData("agent", "a", RefusalCode.NotPermitted)]
    [InlineData("agent", "stranger", RefusalCode.NotPermitted)]
    [InlineData("host", "stranger", RefusalCode.NotPermitted)]
    [InlineData("human", "robot", RefusalCode.NotPermitted)]
    [InlineData("human", "person", null)]
    [InlineData("Human", "person", null)]
    [InlineData("human", "stranger", RefusalCode.NotPermitted)]
    [InlineData("human", "a", RefusalCode.NotPermitted)]
    [InlineData("alien", "stranger", RefusalCode.InvalidArgument)]
    public void Only_a_person_brings_a_task_from_Review_to_Done(string type, string agent, RefusalCode? code)
    {
        var state = new MemoryState(Scene.Task("T").OwnedBy("a").In(AgentTaskStatus.Review));
        state.Registered.AddRange([new AgentProfile("robot"), new AgentProfile("person", Type: "human"),
            new AgentProfile("a", Type: "human")]);
        var draft = Scene.Draft(state);
        Assert.Equal(code, Complete(draft, new CompleteRequest("T", agent) { Type = type }).Code());
        Assert.Equal(code is null ? AgentTaskStatus.Done : AgentTaskStatus.Review, draft.Find("T")!.Status);
    }

    private static TaskDraft Draft() => Scene.Draft(
        Scene.Task("started").StartedBy("a"),
        Scene.Task("lapsed").StartedBy("a", minutesLeft: -5),
        Scene.Task("claimed").ClaimedBy("a"),
        Scene.Task("assigned").OwnedBy("a"),
        Scene.Task("byHand").OwnedBy("a").In(AgentTaskStatus.InProgress),
        Scene.Task("done").OwnedBy("a").In(AgentTaskStatus.Done),
        Scene.Task("free"));

    private static TaskOutcome Complete(TaskDraft draft, CompleteRequest request) =>
        Assert.Single(new CompleteRule([request]).Decide(draft));
}
