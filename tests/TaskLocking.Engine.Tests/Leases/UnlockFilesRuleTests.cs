using System.Linq;
using Xunit;
using static TaskLocking.Tests.Leases.FileScene;

namespace TaskLocking.Tests.Leases;

public sealed class UnlockFilesRuleTests
{
    [Fact]
    public void The_owner_frees_what_it_names()
    {
        var draft = Scene();
        var answer = Unlock(draft, "a", ["x", "nobody"]);
        Assert.True(answer.Success);
        Assert.Equal(["x"], answer.Leases.Select(lease => lease.Path));
        Assert.Equal(["a:y", "b:shared", "b:z", "a:shared"], Left(draft));
    }

    [Fact]
    public void Without_a_path_everything_of_the_agent_goes()
    {
        var draft = Scene();
        Assert.Equal(3, Unlock(draft, "a", []).Leases.Count);
        Assert.Equal(["b:shared", "b:z"], Left(draft));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Another_ones_lease_takes_force(bool force)
    {
        var draft = Scene();
        var answer = Unlock(draft, "a", ["x", "z"], force);
        Assert.Equal(force, answer.Success);
        if (force)
        {
            Assert.Equal(["a:x", "b:z"], answer.Leases.Select(lease => lease.Agent + ":" + lease.Path));
            return;
        }
        var refusal = Assert.Single(answer.Refused);
        Assert.Equal((RefusalCode.NotOwner, "z", "b"), (refusal.Code, refusal.Path, refusal.Agent));
        Assert.Empty(draft.Changes.Changes);
    }

    [Fact]
    public void Of_a_shared_path_each_frees_his_own()
    {
        var draft = Scene();
        Assert.True(Unlock(draft, "a", ["shared"]).Success);
        Assert.Contains("b:shared", Left(draft));
        Assert.DoesNotContain("a:shared", Left(draft));
    }

    [Fact]
    public void A_lapsed_lease_of_another_is_nobodys() => Assert.True(Unlock(Draft(Lease("x", "b", minutes: -1)), "a", ["x"]).Success);

    [Fact]
    public void A_folder_that_is_gone_is_freed_by_its_name()
    {
        var draft = Draft(Lease("src/**", "a"));
        Assert.Single(Unlock(draft, "a", ["src"]).Leases);
        Assert.Empty(draft.FileLeases);
    }

    [Fact]
    public void An_agent_is_named()
    {
        var thrown = Assert.Throws<TaskLockingException>(() => Unlock(Scene(), "", []));
        Assert.Equal(RefusalCode.InvalidArgument, thrown.Refusal.Code);
    }

    private static TaskLocking.Rules.TaskDraft Scene() =>
        Draft(Lease("x", "a"), Lease("y", "a", task: "T-1"), Lease("z", "b"), Lease("shared", "a", shared: true),
            Lease("shared", "b", shared: true));

    private static string[] Left(TaskLocking.Rules.TaskDraft draft) =>
        draft.FileLeases.OrderBy(lease => lease.IsShared && lease.Agent == "a").ThenBy(lease => lease.Agent).ThenBy(lease => lease.Path)
            .Select(lease => lease.Agent + ":" + lease.Path).ToArray();
}
