using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Rules;
using TaskLocking.Tests.Tasks;
using Xunit;

namespace TaskLocking.Tests.Leases;

public sealed class MaintenanceRuleTests
{
    [Theory]
    [InlineData(30, null, null)]
    [InlineData(30, LifeScene.Elsewhere, null)]
    [InlineData(-1, LifeScene.Living, null)]
    [InlineData(-1, null, MaintenanceKind.ClaimExpired)]
    [InlineData(-1, LifeScene.Elsewhere, MaintenanceKind.ClaimExpired)]
    [InlineData(30, LifeScene.Gone, MaintenanceKind.HolderDied)]
    [InlineData(-1, LifeScene.Gone, MaintenanceKind.HolderDied)]
    public void A_claim_that_ended_without_a_word_returns_its_task_with_a_strike(double minutesLeft, int? pid, MaintenanceKind? kind)
    {
        var state = new MemoryState(Scene.Task("T").ClaimedBy("a", minutesLeft, pid), Scene.Task("U").StartedBy("a", minutesLeft, pid));
        state.Leased.AddRange([LifeScene.FileOf("a", "T", "t"), LifeScene.FileOf("a", "U", "u"), LifeScene.FileOf("a", null, "own")]);
        var draft = Scene.Draft(state);
        var before = draft.Tasks.ToList();
        var items = Run(draft);
        Assert.Equal(kind is { } same ? [(same, "T", "a"), (same, "U", "a")] : [],
            items.Select(item => (item.Kind, item.Subject, item.Agent)));
        if (kind is null)
        {
            Assert.Equal(before, draft.Tasks);
            return;
        }
        Assert.All(draft.Tasks,
            task => Assert.Equal((AgentTaskStatus.Todo, null, null, null, 1),
                (task.Status, task.Claim, task.Assignee, task.StartedAt, task.Strikes)));
        Assert.Equal(["own"], draft.FileLeases.Select(lease => lease.Path));
        Assert.Empty(Run(draft));
    }

    [Fact]
    public void The_third_strike_is_final_and_blocks_what_waits()
    {
        var draft = Scene.Draft(Scene.Task("T").StartedBy("a", -1).Set(execution => execution with { Strikes = 2 }), Scene.Task("U", "T"));
        Run(draft);
        var task = draft.Find("T")!;
        Assert.Equal((AgentTaskStatus.Failed, 3, "agent:a", null), (task.Status, task.Strikes, task.Assignee!.ToString(), task.Claim));
        Assert.Equal(new TaskFailure("3 holders died or fell silent", LifeScene.Now, "a"), task.Failure);
        Assert.Equal(new TaskBlock("T", "T"), draft.Find("U")!.BlockedBy);
    }

    [Fact]
    public void A_person_keeps_the_task() =>
        Assert.Equal("human:p", Healed(Scene.Task("T").StartedBy("p", -1).OwnedBy("p", "human")).Assignee!.ToString());

    [Theory]
    [InlineData(601, 1, null)]
    [InlineData(600, 1, null)]
    [InlineData(599, 1, AgentTaskStatus.Failed)]
    [InlineData(599, 2, AgentTaskStatus.Todo)]
    public void A_task_that_runs_longer_than_its_limit_fails(int limit, int maxAttempt, AgentTaskStatus? status)
    {
        var running = Scene.Task("T").StartedBy("a").Set(execution => execution with
        {
            TimeLimit = TimeSpan.FromSeconds(limit),
            MaxAttempt = maxAttempt
        });
        var task = Healed(running, status is null ? null : MaintenanceKind.TimedOut);
        Assert.Equal(status ?? AgentTaskStatus.InProgress, task.Status);
        if (status is not null)
            Assert.Equal((new TaskFailure("timed out after 599 s", LifeScene.Now, "a"), 0, null), (task.Failure, task.Strikes, task.Claim));
        Assert.Equal(status == AgentTaskStatus.Todo ? LifeScene.Now.AddSeconds(30) : null, task.NotBefore);
    }

    [Theory]
    [InlineData(LifeScene.Living, MaintenanceKind.TimedOut)]
    [InlineData(LifeScene.Elsewhere, MaintenanceKind.TimedOut)]
    [InlineData(LifeScene.Gone, MaintenanceKind.HolderDied)]
    public void One_whose_holder_died_did_not_run_too_long(int pid, MaintenanceKind kind) =>
        Healed(Scene.Task("T").StartedBy("a", -1, pid).Set(execution => execution with { TimeLimit = TimeSpan.FromSeconds(1) }), kind);

    [Fact]
    public void A_retry_that_is_due_is_told_once()
    {
        var failed = Scene.Task("T").Set(execution => execution with
        {
            Attempt = 1,
            NotBefore = LifeScene.Now,
            Failure = new TaskFailure("r", LifeScene.Now, "a")
        });
        var draft = Scene.Draft(failed,
            Scene.Stored(failed.Set(execution => execution with { NotBefore = LifeScene.Now.AddSeconds(1) }).Having(facts =>
                facts with { Id = "U" })));
        Assert.Equal([(MaintenanceKind.RetryDue, "T")], Run(draft).Select(item => (item.Kind, item.Subject)));
        Assert.Empty(Run(draft));
    }

    [Fact]
    public void Blocks_that_a_foreign_change_left_wrong_are_settled()
    {
        var draft = Scene.Draft(Scene.Task("R").FailedBy("a"), Scene.Task("T", "R"), Scene.Task("done").In(AgentTaskStatus.Done),
            Scene.Task("U", "done").BlockedBy("done", "done"));
        Assert.Equal([(MaintenanceKind.Settled, "T"), (MaintenanceKind.Settled, "U")], Run(draft)
            .Select(item => (item.Kind, item.Subject)));
        Assert.Equal((new TaskBlock("R", "R"), null), (draft.Find("T")!.BlockedBy, draft.Find("U")!.BlockedBy));
    }

    [Fact]
    public void A_claim_on_a_task_that_a_foreign_tool_ended_goes()
    {
        var task = Healed(Scene.Task("T").ClaimedBy("a").In(AgentTaskStatus.Done), MaintenanceKind.Settled);
        Assert.Equal((AgentTaskStatus.Done, null, 0), (task.Status, task.Claim, task.Strikes));
    }

    [Fact]
    public void Leases_on_files_that_have_lapsed_go()
    {
        var state = new MemoryState();
        state.Leased.AddRange(
        [
            LifeScene.FileOf("a", null, "holds"), LifeScene.FileOf("a", null, "lapsed", -1),
            LifeScene.FileOf("a", null, "living", -1, LifeScene.Living), LifeScene.FileOf("a", null, "gone", pid: LifeScene.Gone),
        ]);
        var draft = Scene.Draft(state);
        Assert.Equal([(MaintenanceKind.FileLeaseEnded, "gone"), (MaintenanceKind.FileLeaseEnded, "lapsed")], Run(draft)
            .Select(item => (item.Kind, item.Subject)).Order());
        Assert.Equal(["holds", "living"], draft.FileLeases.Select(lease => lease.Path).Order());
    }

    private static AgentTask Healed(AgentTask task, MaintenanceKind? kind = MaintenanceKind.ClaimExpired)
    {
        var draft = Scene.Draft(task);
        Assert.Equal(kind is { } one ? [one] : [], Run(draft).Select(item => item.Kind));
        return draft.Find(task.Id)!;
    }

    private static IReadOnlyList<MaintenanceItem> Run(TaskDraft draft) => new MaintenanceRule(LifeScene.Liveness()).Decide(draft);
}
