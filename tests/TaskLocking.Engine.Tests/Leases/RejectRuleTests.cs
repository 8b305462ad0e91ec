using TaskLocking.Rules;
using TaskLocking.Tests.Tasks;
using Xunit;

namespace TaskLocking.Tests.Leases;

public sealed class RejectRuleTests
{
    [Fact]
    public void Reviewed_work_goes_back_with_the_reason_and_its_attempts()
    {
        var draft = Draft();
        var task = Reject(draft, new RejectRequest("review", "no test")).Task!;
        Assert.Equal((AgentTaskStatus.Todo, null, null, 2, 1, true),
            (task.Status, task.Assignee, task.Claim, task.Attempt, task.Strikes, task.NeedsReview));
        Assert.Equal(new TaskFailure("no test", LifeScene.Now, "a"), task.Failure);
        Assert.Null(task.NotBefore);
    }

    [Theory]
    [InlineData("todo", RefusalCode.StatusConflict)]
    [InlineData("started", RefusalCode.StatusConflict)]
    [InlineData("done", RefusalCode.StatusConflict)]
    [InlineData("failed", RefusalCode.StatusConflict)]
    [InlineData("none", RefusalCode.TaskNotFound)]
    [InlineData("", RefusalCode.InvalidArgument)]
    public void Nothing_else_can_be_rejected(string id, RefusalCode code) =>
        Assert.Equal(code, Reject(Draft(), new RejectRequest(id, "r")).Code());

    [Theory]
    [InlineData("")]
    [InlineData("two\nlines")]
    public void A_reason_is_a_line(string reason) =>
        Assert.Equal(RefusalCode.InvalidArgument, Reject(Draft(), new RejectRequest("review", reason)).Code());

    [Fact]
    public void The_work_that_was_not_looked_at_is_not_rejected()
    {
        var draft = Draft();
        var version = draft.Find("review")!.Version;
        Assert.Equal(RefusalCode.VersionChanged, Reject(draft, new RejectRequest("review", "r") { IfVersion = version + 1 }).Code());
        Assert.Null(Reject(draft, new RejectRequest("review", "r") { IfVersion = version }).Code());
    }

    [Fact]
    public void A_person_keeps_what_was_given_to_him()
    {
        var draft = Scene.Draft(Scene.Task("T").OwnedBy("p", "human").In(AgentTaskStatus.Review));
        Assert.Equal("human:p", Reject(draft, new RejectRequest("T", "r")).Task!.Assignee!.ToString());
    }

    [Fact]
    public void The_next_one_does_it_and_it_comes_to_Review_again()
    {
        var draft = Draft();
        Reject(draft, new RejectRequest("review", "r"));
        draft.Change(draft.Find("review")!).SetStatus(AgentTaskStatus.InProgress).Apply();
        new CompleteRule([new CompleteRequest("review", "b") { Force = true }]).Decide(draft);
        Assert.NotEqual(AgentTaskStatus.Done, draft.Find("review")!.Status);
    }

    [Fact]
    public void What_depends_on_a_failure_is_blocked_again_at_once()
    {
        var draft = Scene.Draft(Scene.Task("R").FailedBy("a"), Scene.Task("T", "R").OwnedBy("a").In(AgentTaskStatus.Review));
        Assert.Equal((AgentTaskStatus.Blocked, new TaskBlock("R", "R")),
            (Reject(draft, new RejectRequest("T", "r")).Task!.Status, draft.Find("T")!.BlockedBy));
    }

    private static TaskDraft Draft() => Scene.Draft(
        Scene.Task("review").OwnedBy("a").In(AgentTaskStatus.Review).Set(execution => execution with { Attempt = 2, Strikes = 1 }),
        Scene.Task("todo"),
        Scene.Task("started").StartedBy("a"),
        Scene.Task("done").OwnedBy("a").In(AgentTaskStatus.Done),
        Scene.Task("failed").FailedBy("a"));

    private static TaskOutcome Reject(TaskDraft draft, RejectRequest request) => Assert.Single(new RejectRule([request]).Decide(draft));
}
