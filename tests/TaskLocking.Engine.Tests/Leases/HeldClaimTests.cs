using System;
using System.Linq;
using TaskLocking.Rules;
using TaskLocking.Tests.Tasks;
using Xunit;

namespace TaskLocking.Tests.Leases;

/// <summary>A claim that holds is not ended in passing, by whatever verb, but by who has it or by force.</summary>
public sealed class HeldClaimTests
{
    private const int Own = 4711;

    [Theory]
    [InlineData("unassign")]
    [InlineData("remove")]
    [InlineData("done")]
    [InlineData("todo")]
    [InlineData("cancelled")]
    [InlineData("edit-failed")]
    [InlineData("add-failed")]
    [InlineData("assign")]
    [InlineData("begin")]
    [InlineData("limit")]
    [InlineData("shorter-limit")]
    public void Nobody_else_ends_it_in_passing(string act)
    {
        foreach (var pid in new int?[] { null, LifeScene.Living, LifeScene.Elsewhere })
        {
            if (act == "unassign" && pid is null)
                continue; // who says whose it is speaks in his name
            var draft = Draft(act, pid);
            var refusal = Do(act, draft, new ClaimProof { Callers = [Own] })!;
            Assert.Equal((RefusalCode.NotOwner, "a"), (refusal.Code, refusal.Agent));
            Assert.Contains("a has task T", refusal.Message, StringComparison.Ordinal);
            Assert.NotNull(draft.Find("T")!.Claim);
        }
    }

    [Theory]
    [InlineData("unassign")]
    [InlineData("remove")]
    [InlineData("done")]
    public void Its_own_process_token_and_agent_do_and_so_does_force(string act)
    {
        foreach (var pid in new int?[] { null, LifeScene.Living })
        {
            Assert.Null(Do(act, Draft(act, pid), new ClaimProof { Tokens = [7, 50] }));
            Assert.Null(Do(act, Draft(act, pid), new ClaimProof { Force = true, Callers = [Own] }));
            Assert.Equal(RefusalCode.LeaseLost, Do(act, Draft(act, pid), new ClaimProof { Tokens = [49], Agent = "a" })?.Code);
        }
        Assert.Null(Do(act, Draft(act, LifeScene.Living), new ClaimProof { Callers = [Own, LifeScene.Living] }));
        Assert.Null(Do(act, Draft(act, null), new ClaimProof { Agent = "a", Callers = [Own] }));
        // One name is not one worker.
        Assert.Equal(RefusalCode.NotOwner, Do(act, Draft(act, LifeScene.Living), new ClaimProof { Agent = "a", Callers = [Own] })?.Code);
    }

    [Theory]
    [InlineData("unassign")]
    [InlineData("remove")]
    [InlineData("done")]
    public void What_a_dead_or_silent_holder_left_is_anybodys(string act)
    {
        Assert.Null(Do(act, Draft(act, LifeScene.Gone), new ClaimProof { Callers = [Own] }));
        Assert.Null(Do(act, Draft(act, null, minutesLeft: -1), new ClaimProof { Callers = [Own] }));
        Assert.Equal(RefusalCode.LeaseLost,
            Do(act, Scene.Draft(Scene.Task("T").OwnedBy("a")), new ClaimProof { Tokens = [50] })?.Code);
    }

    private static Refusal? Do(string act, TaskDraft draft, ClaimProof proof)
    {
        var liveness = LifeScene.Liveness();
        return act switch
        {
            "unassign" => Of(new UnassignRule(
                new UnassignmentRequest(["T"]) { From = proof.Agent ?? "a", Force = proof.Force, Proof = proof },
                liveness).Decide(draft)),
            "assign" => Of(new AssignRule(new AssignmentRequest(["T"], "agent", "b"), liveness).Decide(draft)),
            "remove" => new RemoveRule([new TaskRemoval("T", proof.Force) { Proof = proof }], liveness).Decide(draft)[0].Refusal,
            "add-failed" => new DependencyRule([new DependencyEdit("T", ["failed"])], remove: false, liveness).Decide(draft)[0].Refusal,
            "edit-failed" => Edit(new TaskEdit("T") { Dependencies = ["failed"] }),
            "todo" => Edit(new TaskEdit("T") { Status = AgentTaskStatus.Todo }),
            "begin" => Edit(new TaskEdit("T") { Status = AgentTaskStatus.InProgress }),
            "limit" or "shorter-limit" => Edit(new TaskEdit("T") { TimeLimit = TimeSpan.FromSeconds(1) }),
            "done" => Edit(new TaskEdit("T") { Status = AgentTaskStatus.Done }),
            _ => Edit(new TaskEdit("T") { Status = AgentTaskStatus.Cancelled }),
        };

        Refusal? Edit(TaskEdit edit) => new EditRule([edit with { Proof = proof }], liveness).Decide(draft)[0].Refusal;
    }

    private static Refusal? Of(AssignmentResult result) => result.Failed.SingleOrDefault()?.Refusal;

    private static TaskDraft Draft(string act, int? pid, double minutesLeft = 30)
    {
        var task = act == "begin" || act.EndsWith("failed", StringComparison.Ordinal) ? Scene.Task("T").ClaimedBy("a", minutesLeft, pid)
            : Scene.Task("T").StartedBy("a", minutesLeft, pid);
        if (act == "shorter-limit")
            task = task.Having(facts => facts with { Execution = facts.Execution with { TimeLimit = TimeSpan.FromSeconds(2) } });
        // Only a document from elsewhere has a claim and nobody that it is assigned to.
        return Scene.Draft(act == "assign" ? task.Having(facts => facts with { Assignee = null })
            : task, Scene.Task("failed").FailedBy("b"));
    }
}
