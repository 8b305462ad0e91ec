using System.Collections.Generic;
using System.Linq;
using TaskLocking.Rules;
using TaskLocking.Tests.Tasks;
using Xunit;

namespace TaskLocking.Tests.Leases;

/// <summary>What the verbs that know nothing of claims do to them.</summary>
public sealed class ClaimedTaskTests
{
    [Theory]
    [InlineData("claimed")]
    [InlineData("started")]
    public void Giving_it_to_another_ends_the_claim(string id)
    {
        var draft = Draft(id);
        var assigned = Assert.Single(new AssignRule(new AssignmentRequest([id], "agent",
            "b")
        { Force = true }).Decide(draft).Assigned).Task!;
        Assert.Equal((AgentTaskStatus.Todo, "agent:b", null, null),
            (assigned.Status, assigned.Assignee!.ToString(), assigned.Claim, assigned.StartedAt));
        Assert.Equal(["own"], draft.FileLeases.Select(lease => lease.Path));
        Assert.Equal(RefusalCode.LeaseLost,
            Assert.Single(new CompleteRule([new CompleteRequest(id, "a") { Token = 50 }]).Decide(draft)).Code());
    }

    [Fact]
    public void Giving_it_to_who_has_it_changes_nothing()
    {
        var draft = Draft();
        Assert.False(Assert.Single(new AssignRule(new AssignmentRequest(["started"], "agent", "a")).Decide(draft).Assigned).Changed);
        Assert.NotNull(draft.Find("started")!.Claim);
    }

    [Theory]
    [InlineData("claimed")]
    [InlineData("started")]
    public void Taking_it_back_ends_the_claim_and_the_work(string id)
    {
        var draft = Draft(id);
        var task = Assert.Single(new UnassignRule(new UnassignmentRequest([id]) { From = "a" }).Decide(draft).Assigned).Task!;
        Assert.Equal((AgentTaskStatus.Todo, null, null, null), (task.Status, task.Assignee, task.Claim, task.StartedAt));
        Assert.Equal(["own"], draft.FileLeases.Select(lease => lease.Path));
    }

    [Fact]
    public void Work_without_a_claim_goes_on_under_another_name()
    {
        var draft = Scene.Draft(Scene.Task("T").OwnedBy("a").In(AgentTaskStatus.InProgress));
        new UnassignRule(new UnassignmentRequest(["T"]) { From = "a" }).Decide(draft);
        Assert.Equal(AgentTaskStatus.InProgress, draft.Find("T")!.Status);
    }

    [Fact]
    public void What_comes_back_below_a_failure_is_blocked()
    {
        var draft = Scene.Draft(Scene.Task("R").FailedBy("b"), Scene.Task("T", "R").StartedBy("a"));
        Assert.Equal(new TaskBlock("R", "R"),
            Assert.Single(new UnassignRule(new UnassignmentRequest(["T"]) { From = "a" }).Decide(draft).Assigned).Task!.BlockedBy);
    }

    [Fact]
    public void Removing_it_frees_its_files_and_what_its_failure_blocked()
    {
        var draft = Draft();
        new RemoveRule([new TaskRemoval("started", Force: true), new TaskRemoval("failed", Force: true)]).Decide(draft);
        Assert.Equal(["own"], draft.FileLeases.Select(lease => lease.Path));
        Assert.Equal((AgentTaskStatus.Todo, null), (draft.Find("blocked")!.Status, draft.Find("blocked")!.BlockedBy));
    }

    [Theory]
    [InlineData("started", AgentTaskStatus.Todo, false)]
    [InlineData("started", AgentTaskStatus.Done, false)]
    [InlineData("started", AgentTaskStatus.Review, false)]
    [InlineData("started", AgentTaskStatus.Cancelled, false)]
    [InlineData("started", AgentTaskStatus.InProgress, true)]
    [InlineData("claimed", AgentTaskStatus.InProgress, true)]
    [InlineData("claimed", AgentTaskStatus.Done, false)]
    [InlineData("claimed", AgentTaskStatus.Blocked, false)]
    public void A_status_set_by_hand_ends_the_claim_unless_work_begins(string id, AgentTaskStatus status, bool kept)
    {
        var draft = Draft(id);
        var task = Set(draft, id, status).Task!;
        Assert.Equal((status, kept), (task.Status, task.Claim is not null));
        Assert.Equal(kept ? ["f", "own"] : ["own"], draft.FileLeases.Select(lease => lease.Path).Order());
    }

    [Fact]
    public void The_gate_from_Review_to_Done_is_not_opened_by_hand()
    {
        var draft = Draft();
        Assert.Equal(RefusalCode.NotPermitted, Set(draft, "review", AgentTaskStatus.Done).Code());
        Assert.Null(Set(draft, "review", AgentTaskStatus.Cancelled).Refusal);
        Assert.Equal(RefusalCode.NotPermitted, Set(draft, "review", AgentTaskStatus.Done).Code());
        Assert.Null(Set(draft, "review", AgentTaskStatus.Todo).Refusal);
        Assert.Equal(RefusalCode.NotPermitted, Set(draft, "review", AgentTaskStatus.Done).Code());
    }

    [Fact]
    public void A_failure_set_by_hand_travels_and_comes_back()
    {
        var draft = Scene.Draft(Scene.Task("T"), Scene.Task("U", "T"), Scene.Task("V", "U"));
        Set(draft, "T", AgentTaskStatus.Failed);
        Assert.Equal([new TaskBlock("T", "T"), new TaskBlock("U", "T")], new[] { "U", "V" }.Select(id => draft.Find(id)!.BlockedBy));
        Assert.Equal(new TaskBlock("T", "T"), Set(draft, "U", AgentTaskStatus.Todo).Task!.BlockedBy);
        Assert.Null(Set(draft, "U", AgentTaskStatus.Done).Task!.BlockedBy);
        Assert.Null(draft.Find("V")!.BlockedBy);
        Set(draft, "T", AgentTaskStatus.Todo);
        Assert.Equal(AgentTaskStatus.Todo, draft.Find("V")!.Status);
    }

    [Theory]
    [InlineData("R", true)]
    [InlineData("done", false)]
    public void New_dependencies_are_settled(string dependency, bool isBlocked)
    {
        var draft = Scene.Draft(Scene.Task("R").FailedBy("a"), Scene.Task("done").In(AgentTaskStatus.Done), Scene.Task("T"),
            Scene.Task("U", "R").BlockedBy("R", "R"));
        foreach (var id in new[] { "T", "U" })
            Assert.Equal(isBlocked,
                Assert.Single(new EditRule([new TaskEdit(id) { Dependencies = [dependency] }]).Decide(draft)).Task!.BlockedBy is not null);
    }

    private static TaskOutcome Set(TaskDraft draft, string id, AgentTaskStatus status) =>
        Assert.Single(new EditRule([new TaskEdit(id) { Status = status, Proof = new ClaimProof { Agent = "a" } }]).Decide(draft));

    /// <param name="held">The claimed task whose files are leased.</param>
    private static TaskDraft Draft(string held = "started")
    {
        var state = new MemoryState(
            Scene.Task("claimed").ClaimedBy("a"), Scene.Task("started").StartedBy("a"),
                Scene.Task("review").OwnedBy("a").In(AgentTaskStatus.Review),
            Scene.Task("failed").FailedBy("a"), Scene.Task("blocked", "failed").BlockedBy("failed", "failed"));
        state.Leased.AddRange([LifeScene.FileOf("a", held, "f"), LifeScene.FileOf("a", null, "own")]);
        return Scene.Draft(state);
    }
}
