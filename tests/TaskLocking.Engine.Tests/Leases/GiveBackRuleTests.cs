using System;
using System.Linq;
using TaskLocking.Rules;
using TaskLocking.Tests.Tasks;
using Xunit;

namespace TaskLocking.Tests.Leases;

public sealed class GiveBackRuleTests
{
    private const StringComparison Comparison = StringComparison.Ordinal;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_claim_that_was_asked_for_leaves_the_task_as_it_was(bool isAssigned)
    {
        var state = new MemoryState(isAssigned ? Scene.Task("T").OwnedBy("a") : Scene.Task("T"));
        var draft = Scene.Draft(state);
        var before = draft.Find("T")!;
        var claimed = new RequestRule(new TaskRequest(new LeaseHolder("a")), LifeScene.Liveness(), Comparison).Decide(draft).Task!;
        var task = GiveBack(draft, claimed).Task!;
        Assert.Equal((before.Status, before.Assignee?.ToString()), (task.Status, task.Assignee?.ToString()));
        Assert.Equal((0, 0), (task.Attempt, task.Strikes));
        Assert.Null(task.Claim);
    }

    [Fact]
    public void A_start_that_gave_the_claim_is_as_if_it_had_not_been()
    {
        var draft = Scene.Draft(Scene.Task("T").OwnedBy("a"));
        var started = new StartRule([new StartRequest("T", new LeaseHolder("a"))], LifeScene.Liveness(), Comparison).Decide(draft)[0].Task!;
        Assert.Equal((AgentTaskStatus.InProgress, 1), (started.Status, started.Attempt));
        var task = GiveBack(draft, started).Task!;
        Assert.Equal((AgentTaskStatus.Todo, 0, "agent:a"), (task.Status, task.Attempt, task.Assignee?.ToString()));
        Assert.Null(task.Claim);
        Assert.Null(task.StartedAt);
    }

    [Fact]
    public void The_files_of_the_claim_are_free_and_no_others()
    {
        var state = new MemoryState(Scene.Task("T").ClaimedBy("a"));
        state.Leased.AddRange([LifeScene.FileOf("a", "T", "t"), LifeScene.FileOf("a", null, "own"), LifeScene.FileOf("a", "U", "u")]);
        var draft = Scene.Draft(state);
        Assert.Null(GiveBack(draft, draft.Find("T")!).Refusal);
        Assert.Equal(["own", "u"], draft.FileLeases.Select(lease => lease.Path).Order());
    }

    [Theory]
    [InlineData("claimed", "a", 49L, RefusalCode.LeaseLost)]
    [InlineData("claimed", "b", 50L, RefusalCode.LeaseLost)]
    [InlineData("started", "a", 50L, RefusalCode.StatusConflict)]
    [InlineData("free", "a", 50L, RefusalCode.LeaseLost)]
    [InlineData("none", "a", 50L, RefusalCode.TaskNotFound)]
    [InlineData("claimed", " ", 50L, RefusalCode.InvalidArgument)]
    public void What_is_lost_or_worked_on_is_not_given_back(string id, string agent, long token, RefusalCode code)
    {
        var draft = Scene.Draft(Scene.Task("claimed").ClaimedBy("a"), Scene.Task("started").StartedBy("a"), Scene.Task("free"));
        Assert.Equal(code, Assert.Single(new GiveBackRule([new GiveBackRequest(id, agent, token)]).Decide(draft)).Code());
    }

    private static TaskOutcome GiveBack(TaskDraft draft, AgentTask task) =>
        Assert.Single(new GiveBackRule([new GiveBackRequest(task.Id, task.Claim!.Agent, task.Claim.Token)]).Decide(draft));
}
