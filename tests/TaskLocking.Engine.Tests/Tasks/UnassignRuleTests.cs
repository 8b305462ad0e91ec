using System.Linq;
using TaskLocking.Rules;
using Xunit;

namespace TaskLocking.Tests.Tasks;

public sealed class UnassignRuleTests
{
    [Theory]
    [InlineData("a", true)]
    [InlineData("agent:a", true)]
    [InlineData("human:a", false)]
    [InlineData("A", false)]
    [InlineData("b", false)]
    public void Only_the_owner_gives_a_task_back(string from, bool owner)
    {
        var draft = Draft();
        var result = Unassign(draft, from, "as");
        Assert.Equal(owner, result.Success);
        Assert.Equal(owner, draft.Find("as")!.Assignee is null);
        if (owner)
        {
            Assert.Equal("agent:a", Assert.Single(result.Assigned).Previous!.Assignee!.ToString());
            Assert.True(result.Assigned[0].Changed);
            return;
        }
        var refusal = Assert.Single(result.Failed).Refusal!;
        Assert.Equal((RefusalCode.NotOwner, "as", "agent:a"), (refusal.Code, refusal.TaskId, refusal.ExistingAssignee!.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("somebody")]
    public void Force_frees_it_whoever_has_it(string? from)
    {
        var draft = Draft();
        Assert.True(new UnassignRule(new UnassignmentRequest(["as", "bs"]) { From = from, Force = true }).Decide(draft).Success);
        Assert.All(draft.Tasks, task => Assert.Null(task.Assignee));
    }

    [Fact]
    public void A_free_task_is_no_change()
    {
        var outcome = Assert.Single(Unassign(Draft(), "a", "free", "free").Assigned);
        Assert.False(outcome.Changed);
        Assert.Equal(outcome.Previous, outcome.Task);
    }

    [Fact]
    public void One_refusal_in_a_batch_leaves_everything_as_it_was()
    {
        var draft = Draft();
        var before = draft.Tasks.ToList();
        var result = Unassign(draft, "a", "as", "free", "bs", "none");
        Assert.False(result.Success);
        Assert.Equal(["free"], result.Assigned.Select(outcome => outcome.Id));
        Assert.Equal([RefusalCode.BatchRefused, RefusalCode.NotOwner, RefusalCode.TaskNotFound],
            result.Failed.Select(outcome => outcome.Code()));
        Assert.Equal(before, draft.Tasks);
    }

    [Fact]
    public void SkipConflict_frees_what_is_the_owners()
    {
        var draft = Draft();
        var result = new UnassignRule(new UnassignmentRequest(["bs", "as"]) { From = "a", SkipConflict = true }).Decide(draft);
        Assert.True(result.Success);
        Assert.Equal(["as"], result.Assigned.Select(outcome => outcome.Id));
        Assert.Equal(["bs"], result.Failed.Select(outcome => outcome.Id));
        Assert.Null(draft.Find("as")!.Assignee);
        Assert.NotNull(draft.Find("bs")!.Assignee);
    }

    [Fact]
    public void A_version_that_is_not_there_refuses_even_with_force()
    {
        var result = new UnassignRule(new UnassignmentRequest(["as"]) { Force = true, IfVersion = 8 }).Decide(Draft());
        Assert.Equal(RefusalCode.VersionChanged, Assert.Single(result.Failed).Code());
    }

    [Fact]
    public void Without_an_owner_or_force_or_an_id_nothing_can_be_meant()
    {
        Assert.Equal(RefusalCode.InvalidArgument, Refused(new UnassignmentRequest(["as"])));
        Assert.Equal(RefusalCode.InvalidArgument, Refused(new UnassignmentRequest(["as"]) { From = "" }));
        Assert.Equal(RefusalCode.InvalidArgument, Refused(new UnassignmentRequest([]) { From = "a" }));
    }

    private static RefusalCode Refused(UnassignmentRequest request) =>
        Assert.Throws<TaskLockingException>(() => new UnassignRule(request).Decide(Draft())).Refusal.Code;

    private static TaskDraft Draft() =>
        Scene.Draft(Scene.Task("free"), Scene.Task("as").OwnedBy("a"), Scene.Task("bs").OwnedBy("b", "human"));

    private static AssignmentResult Unassign(TaskDraft draft, string from, params string[] ids) =>
        new UnassignRule(new UnassignmentRequest(ids) { From = from }).Decide(draft);
}
