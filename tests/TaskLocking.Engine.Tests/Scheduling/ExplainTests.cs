using System;
using System.IO;
using System.Linq;
using TaskLocking.FileStore;
using TaskLocking.Model;
using TaskLocking.Tests.Leases;
using TaskLocking.Tests.Tasks;
using Xunit;

namespace TaskLocking.Tests.Scheduling;

public sealed class ExplainTests
{
    [Fact]
    public void Nothing_in_the_way_is_ready_for_anybody_and_for_an_agent()
    {
        var state = ReadyScene.State([Scene.Task("T")]);
        Assert.True(ReadyScene.Explain(state, "T").IsReady);
        Assert.Empty(ReadyScene.Explain(state, "T", "a").Reasons);
    }

    [Fact]
    public void Every_dependency_that_is_not_done_is_named_for_what_it_is()
    {
        var state = ReadyScene.State(
        [
            Scene.Task("done").Is(AgentTaskStatus.Done),
            Scene.Task("working").Is(AgentTaskStatus.InProgress).OwnedBy("w"),
            Scene.Task("failed").Is(AgentTaskStatus.Failed),
            Scene.Task("behind",
                "failed").Is(AgentTaskStatus.Blocked).With(execution => execution with { Block = new TaskBlock("failed", "failed") }),
            Scene.Task("T", "done", "working", "working", "none", "failed",
                "behind").Is(AgentTaskStatus.Blocked).With(execution => execution with { Block = new TaskBlock("failed", "failed") }),
        ]);
        var reasons = ReadyScene.Explain(state, "T").Reasons;
        Assert.Equal(
            [
                (ReadinessCode.DependencyUnmet, "working"), (ReadinessCode.DependencyMissing, "none"),
                (ReadinessCode.DependencyFailed, "failed"), (ReadinessCode.DependencyFailed, "behind"),
            ],
            reasons.Select(reason => (reason.Code, reason.TaskId)));
        Assert.Equal("w", reasons[0].Agent);
    }

    [Fact]
    public void A_task_that_waits_for_itself_is_told_so_and_one_behind_it_is_not()
    {
        var state = ReadyScene.State([Scene.Task("A", "B"), Scene.Task("B", "A"), Scene.Task("C", "B")]);
        Assert.Equal([ReadinessCode.DependencyUnmet, ReadinessCode.DependencyCycle], ReadyScene.Explain(state, "A").Codes());
        Assert.Equal([ReadinessCode.DependencyUnmet], ReadyScene.Explain(state, "C").Codes());
    }

    [Theory]
    [InlineData(AgentTaskStatus.InProgress)]
    [InlineData(AgentTaskStatus.Review)]
    [InlineData(AgentTaskStatus.Done)]
    [InlineData(AgentTaskStatus.Blocked)]
    [InlineData(AgentTaskStatus.Cancelled)]
    [InlineData(AgentTaskStatus.Failed)]
    public void Only_todo_can_be_taken(AgentTaskStatus status) =>
        Assert.Equal([ReadinessCode.Status], ReadyScene.Explain(ReadyScene.State([Scene.Task("T").Is(status)]), "T").Codes());

    [Fact]
    public void A_time_that_has_not_come_and_a_claim_tell_until_when()
    {
        var task = Scene.Task("T").ClaimedBy("b").With(execution => execution with { NotBefore = Scene.Now.AddMinutes(3) });
        var readiness = ReadyScene.Explain(ReadyScene.State([task]), "T", "a");
        Assert.Equal([ReadinessCode.NotBefore, ReadinessCode.Claimed, ReadinessCode.Assigned], readiness.Codes());
        Assert.Equal([Scene.Now.AddMinutes(3), Scene.Now.AddMinutes(60), null], readiness.Reasons.Select(reason => reason.Until));
        Assert.Equal(["b", "b"], readiness.Reasons.Skip(1).Select(reason => reason.Agent));
    }

    [Fact]
    public void A_claim_that_has_lapsed_stands_in_nobodys_way_but_a_persons_assignment_does()
    {
        Assert.True(ReadyScene.Explain(ReadyScene.State([Scene.Task("T").ClaimedBy("b", pid: 2)]), "T", "a").IsReady);
        var given = Scene.Task("T").ClaimedBy("anna", pid: 2).OwnedBy("anna", "human");
        Assert.Equal([ReadinessCode.Assigned], ReadyScene.Explain(ReadyScene.State([given]), "T", "a").Codes());
    }

    [Fact]
    public void An_agent_is_told_everything_that_it_lacks()
    {
        var task = (Scene.Task("T").Having(facts => facts with
        {
            Requires = ["dotnet", "gpu",
            "cuda"]
        })).With(execution => execution with { AllowedAgents = ["b"], Files = ["x", "y"] });
        var state = ReadyScene.State(
            [task, Scene.Task("mine").OwnedBy("a").Is(AgentTaskStatus.InProgress)],
            new AgentProfile("a", MaxTasks: 1, Capabilities: ["dotnet"]),
            FileScene.Lease("x", "b"), FileScene.Lease("y", "a"));
        var readiness = ReadyScene.Explain(state, "T", "a", null, "cuda");
        Assert.Equal([ReadinessCode.MissingCapability, ReadinessCode.NotAllowed, ReadinessCode.AgentFull, ReadinessCode.FileHeld],
            readiness.Codes());
        Assert.Equal(("x", "b"), (readiness.Reasons[3].Path, readiness.Reasons[3].Agent));
        Assert.True(ReadyScene.Explain(state, "T").IsReady);
    }

    [Theory]
    [InlineData(AgentTaskStatus.InProgress, "agent", true)]
    [InlineData(AgentTaskStatus.InProgress, "host", true)]
    [InlineData(AgentTaskStatus.Todo, "agent", false)]
    [InlineData(AgentTaskStatus.Blocked, "agent", false)]
    [InlineData(AgentTaskStatus.Review, "agent", false)]
    [InlineData(AgentTaskStatus.Failed, "agent", false)]
    public void What_an_agent_works_on_fills_it_and_what_waits_does_not(AgentTaskStatus status, string type, bool isFull)
    {
        var state = ReadyScene.State([Scene.Task("mine").OwnedBy("a", type).Is(status), Scene.Task("T")],
            new AgentProfile("a", MaxTasks: 1));
        Assert.Equal(!isFull, ReadyScene.Explain(state, "T", "a").IsReady);
    }

    [Fact]
    public void A_lock_on_the_task_is_told_with_its_holder()
    {
        var folder = Directory.CreateTempSubdirectory("tasklocking").FullName;
        try
        {
            var state = ReadyScene.State([Scene.Task("T")]);
            Assert.True(ReadyScene.Explain(state, "T", locks: folder).IsReady);
            using (new FolderLocks(folder, Path.Combine(folder, "state.lock"))
                .Hold([new HoldItem("T")], new LockSession(), new HoldOptions { Agent = "h" }))
            {
                var reason = Assert.Single(ReadyScene.Explain(state, "T", locks: folder).Reasons);
                Assert.Equal((ReadinessCode.TaskHeld, "h"), (reason.Code, reason.Agent));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Every_reason_is_a_sentence()
    {
        Assert.All(Enum.GetValues<ReadinessCode>(), code => Assert.True(Enum.IsDefined(code)));
        var state = ReadyScene.State([Scene.Task("T", "none", "T").ClaimedBy("b")]);
        Assert.All(ReadyScene.Explain(state, "T", "a").Reasons, reason => Assert.Equal(reason.Message, reason.ToString()));
    }
}
