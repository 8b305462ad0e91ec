using System.Linq;
using TaskLocking.Rules;
using TaskLocking.Tests.Tasks;
using Xunit;

namespace TaskLocking.Tests.Leases;

public sealed class RestartRuleTests
{
    [Theory]
    [InlineData("failed", false, null)]
    [InlineData("blocked", false, null)]
    [InlineData("cancelled", false, null)]
    [InlineData("backoff", false, null)]
    [InlineData("review", false, RefusalCode.StatusConflict)]
    [InlineData("done", false, RefusalCode.StatusConflict)]
    [InlineData("byHand", false, RefusalCode.StatusConflict)]
    [InlineData("started", false, RefusalCode.StatusConflict)]
    [InlineData("claimed", false, RefusalCode.StatusConflict)]
    [InlineData("living", false, RefusalCode.StatusConflict)]
    [InlineData("expired", false, null)]
    [InlineData("dead", false, null)]
    [InlineData("review", true, null)]
    [InlineData("done", true, null)]
    [InlineData("byHand", true, null)]
    [InlineData("started", true, null)]
    [InlineData("claimed", true, null)]
    [InlineData("none", true, RefusalCode.TaskNotFound)]
    [InlineData("", true, RefusalCode.InvalidArgument)]
    public void What_can_be_restarted(string id, bool force, RefusalCode? code)
    {
        var draft = Draft();
        var outcome = Restart(draft, new RestartRequest(id) { Force = force });
        Assert.Equal(code, outcome.Code());
        if (code is not null)
            return;
        var task = outcome.Task!;
        Assert.Equal((AgentTaskStatus.Todo, null, null, null, null, 0, 0),
            (task.Status, task.Assignee, task.Claim, task.StartedAt, task.NotBefore, task.Attempt, task.Strikes));
        Assert.Equal((null, null), (task.Failure, task.CompletedAt));
    }

    [Fact]
    public void What_a_failure_blocks_is_restarted_at_its_root()
    {
        foreach (var force in new[] { false, true })
        {
            var refusal = Restart(Draft(), new RestartRequest("far") { Force = force }).Refusal!;
            Assert.Equal((RefusalCode.DependencyFailed, "failed"), (refusal.Code, refusal.RootCause));
            Assert.Equal(["near"], refusal.Ids);
        }
    }

    [Fact]
    public void What_it_blocked_waits_again()
    {
        var draft = Draft();
        Restart(draft, new RestartRequest("failed"));
        Assert.Equal([(AgentTaskStatus.Todo, null), (AgentTaskStatus.Todo, null)], new[] { "near", "far" }.Select(draft.Find)
            .Select(task => (task!.Status, task.BlockedBy)));
    }

    [Fact]
    public void A_restart_below_another_failure_is_blocked_by_that()
    {
        var draft = Scene.Draft(Scene.Task("R").FailedBy("a"), Scene.Task("T", "R").FailedBy("a"),
            Scene.Task("U", "T").BlockedBy("T", "T"));
        Assert.Equal(new TaskBlock("R", "R"), Restart(draft, new RestartRequest("T")).Task!.BlockedBy);
        Assert.Equal(new TaskBlock("T", "R"), draft.Find("U")!.BlockedBy);
    }

    [Fact]
    public void A_person_keeps_the_task_and_a_fresh_one_does_not_change()
    {
        var draft = Scene.Draft(Scene.Task("T").FailedBy("p").OwnedBy("p", "human"), Scene.Task("U").OwnedBy("a"));
        Assert.Equal("human:p", Restart(draft, new RestartRequest("T")).Task!.Assignee!.ToString());
        var outcome = Restart(draft, new RestartRequest("U"));
        Assert.Equal((null, false, "agent:a"), (outcome.Refusal, outcome.Changed, outcome.Task!.Assignee!.ToString()));
    }

    [Fact]
    public void The_claim_that_is_taken_away_frees_its_files()
    {
        var state = new MemoryState(Scene.Task("T").StartedBy("a"));
        state.Leased.AddRange([LifeScene.FileOf("a", "T"), LifeScene.FileOf("a", null, "own")]);
        var draft = Scene.Draft(state);
        Restart(draft, new RestartRequest("T") { Force = true });
        Assert.Equal(["own"], draft.FileLeases.Select(lease => lease.Path));
    }

    [Fact]
    public void A_version_that_is_not_there_refuses() =>
        Assert.Equal(RefusalCode.VersionChanged, Restart(Draft(), new RestartRequest("failed") { IfVersion = 6 }).Code());

    private static TaskDraft Draft() => Scene.Draft(
        Scene.Task("failed").FailedBy("a"),
        Scene.Task("near", "failed").BlockedBy("failed", "failed"),
        Scene.Task("far", "near").BlockedBy("near", "failed"),
        Scene.Task("blocked").In(AgentTaskStatus.Blocked),
        Scene.Task("cancelled").OwnedBy("a").In(AgentTaskStatus.Cancelled),
        Scene.Task("backoff").Set(execution => execution with
        {
            Attempt = 1,
            Strikes = 1,
            NotBefore = LifeScene.Now.AddHours(1),
            Failure = new TaskFailure("r", LifeScene.Now, "a")
        }),
        Scene.Task("review").OwnedBy("a").In(AgentTaskStatus.Review),
        Scene.Task("done").OwnedBy("a").In(AgentTaskStatus.Done).Having(facts => facts with { CompletedAt = LifeScene.Now }),
        Scene.Task("byHand").OwnedBy("a").In(AgentTaskStatus.InProgress),
        Scene.Task("started").StartedBy("a"),
        Scene.Task("claimed").ClaimedBy("a"),
        Scene.Task("living").StartedBy("a", -5, LifeScene.Living),
        Scene.Task("expired").StartedBy("a", -5),
        Scene.Task("dead").ClaimedBy("a", 5, LifeScene.Gone));

    private static TaskOutcome Restart(TaskDraft draft, RestartRequest request) =>
        Assert.Single(new RestartRule([request], LifeScene.Liveness()).Decide(draft));
}
