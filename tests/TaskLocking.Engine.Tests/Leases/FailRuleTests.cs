using System;
using System.Linq;
using TaskLocking.Rules;
using TaskLocking.Tests.Tasks;
using Xunit;

namespace TaskLocking.Tests.Leases;

public sealed class FailRuleTests
{
    [Theory]
    [InlineData(1, 1, false, null)]
    [InlineData(1, 3, true, null)]
    [InlineData(3, 3, false, null)]
    [InlineData(1, 3, false, 30)]
    [InlineData(2, 3, false, 60)]
    public void A_failure_waits_for_another_attempt_or_is_final(int attempt, int maxAttempt, bool isFinal, int? seconds)
    {
        var draft = Scene.Draft(Scene.Task("T").StartedBy("a").Set(execution => execution with
        {
            Attempt = attempt,
            MaxAttempt = maxAttempt
        }), Scene.Task("U", "T"), Scene.Task("V", "U"));
        var task = Fail(draft, new FailRequest("T", "a", "3 of 40 tests failed") { Token = 50, IsFinal = isFinal }).Task!;
        Assert.Equal(new TaskFailure("3 of 40 tests failed", LifeScene.Now, "a"), task.Failure);
        Assert.Equal((null, null, attempt), (task.Claim, task.StartedAt, task.Attempt));
        if (seconds is { } wait)
        {
            Assert.Equal((AgentTaskStatus.Todo, null, LifeScene.Now.AddSeconds(wait)), (task.Status, task.Assignee, task.NotBefore));
            Assert.Equal((AgentTaskStatus.Todo, null), (draft.Find("U")!.Status, draft.Find("U")!.BlockedBy));
        }
        else
        {
            Assert.Equal((AgentTaskStatus.Failed, "agent:a", null), (task.Status, task.Assignee!.ToString(), task.NotBefore));
            Assert.Equal((AgentTaskStatus.Blocked, new TaskBlock("T", "T")), (draft.Find("U")!.Status, draft.Find("U")!.BlockedBy));
            Assert.Equal((AgentTaskStatus.Blocked, new TaskBlock("U", "T")), (draft.Find("V")!.Status, draft.Find("V")!.BlockedBy));
        }
    }

    [Fact]
    public void A_person_keeps_what_was_given_to_him()
    {
        var draft = Scene.Draft(Scene.Task("T").StartedBy("a").OwnedBy("a", "human").Set(execution => execution with { MaxAttempt = 2 }));
        Assert.Equal("human:a", Fail(draft, new FailRequest("T", "a", "r") { Type = "human" }).Task!.Assignee!.ToString());
    }

    [Fact]
    public void The_agent_lets_go_of_every_file_that_no_other_claim_has()
    {
        var state = new MemoryState(Scene.Task("T").StartedBy("a"), Scene.Task("U").StartedBy("a"));
        state.Leased.AddRange([LifeScene.FileOf("a", "T", "t"), LifeScene.FileOf("a", "U", "u"), LifeScene.FileOf("a", null, "own"),
            LifeScene.FileOf("b", null, "other")]);
        var draft = Scene.Draft(state);
        Fail(draft, new FailRequest("T", "a", "r"));
        Assert.Equal(["other", "u"], draft.FileLeases.Select(lease => lease.Path).Order());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("two\nlines")]
    public void A_reason_is_one_line(string? reason) =>
        Assert.Equal(RefusalCode.InvalidArgument,
            Fail(Scene.Draft(Scene.Task("T").StartedBy("a")), new FailRequest("T", "a", reason!)).Code());

    [Fact]
    public void A_reason_has_at_most_a_thousand_characters()
    {
        Assert.Equal(RefusalCode.InvalidArgument,
            Fail(Scene.Draft(Scene.Task("T").StartedBy("a")), new FailRequest("T", "a", new string('x', 1_001))).Code());
        Assert.Null(Fail(Scene.Draft(Scene.Task("T").StartedBy("a")), new FailRequest("T", "a", new string('x', 1_000))).Refusal);
    }

    [Fact]
    public void Each_of_several_is_judged_for_itself()
    {
        var draft = Scene.Draft(Scene.Task("T").StartedBy("a"), Scene.Task("U", "T").ClaimedBy("a"));
        var outcomes = new FailRule([new FailRequest("T", "a", "r"), new FailRequest("none", "a", "r"),
            new FailRequest("U", "a", "r") { Token = 50 }]).Decide(draft);
        // The first one's failure has taken the claim on the third away.
        Assert.Equal([null, RefusalCode.TaskNotFound, RefusalCode.LeaseLost], outcomes.Select(outcome => outcome.Code()));
        Assert.Equal((AgentTaskStatus.Blocked, null), (draft.Find("U")!.Status, draft.Find("U")!.Claim));
    }

    private static TaskOutcome Fail(TaskDraft draft, FailRequest request) => Assert.Single(new FailRule([request]).Decide(draft));
}
