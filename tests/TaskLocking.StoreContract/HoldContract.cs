using System;
using System.Threading;
using Xunit;

namespace TaskLocking.StoreContract;

/// <summary>Held tasks: others' changes wait or are told who holds, the holder's own session goes on.</summary>
public abstract class HoldContract<TPlace> : Contract<TPlace>
    where TPlace : StorePlace, new()
{
    private static readonly CommitOptions Once = new() { Timeout = TimeSpan.Zero };
    private static readonly CommitOptions Patient = new() { Timeout = TimeSpan.FromMinutes(2) };

    [Fact]
    public void A_held_task_is_refused_to_others_with_the_holder()
    {
        Define("A", "B");
        using var hold = One.Hold(["A"], new HoldOptions { Agent = "x", Doing = "migrating" });
        var refusal = Thrown(() => Two.Edit([new TaskEdit("A") { Name = "n" }], new CommitOptions { Timeout = TimeSpan.FromSeconds(1) }));
        Assert.Equal(RefusalCode.LockTimeout, refusal.Code);
        Assert.Equal((Environment.ProcessId, "x", "migrating", Environment.MachineName),
            (refusal.Holder!.Pid, refusal.Holder.Agent, refusal.Holder.Doing, refusal.Holder.Host));
        Assert.NotNull(refusal.Holder.Since);
        Assert.Equal("A", Two.FindTask("A")!.Name);
    }

    [Fact]
    public void Every_change_of_a_held_task_waits_and_other_tasks_do_not()
    {
        Define("A", "B");
        using var hold = One.Hold(["A"]);
        Assert.Equal(RefusalCode.LockTimeout, Thrown(() => Two.Assign(new AssignmentRequest(["A"], "agent", "x"), Once)).Code);
        Assert.Equal(RefusalCode.LockTimeout, Thrown(() => Two.Assign(new AssignmentRequest(["B", "A"], "agent", "x"), Once)).Code);
        Assert.Equal(RefusalCode.LockTimeout, Thrown(() => Two.Remove([new TaskRemoval("A")], Once)).Code);
        Assert.Equal(RefusalCode.LockTimeout, Thrown(() => Two.Hold(["B", "A"], new HoldOptions { Timeout = TimeSpan.Zero })).Code);
        Assert.Null(Two.FindTask("B")!.Assignee);
        Assert.True(Two.Assign(new AssignmentRequest(["B"], "agent", "x"), Patient).Success);
        Define("C");
    }

    [Fact]
    public void The_holders_session_is_let_through_and_so_is_what_it_started()
    {
        Define("A");
        using var hold = One.Hold(["A"]);
        Assert.Null(One.Edit([new TaskEdit("A") { Name = "own" }], Patient)[0].Refusal);
        using var child = Place.OpenBoard(new LockSession(null, One.Session.Id));
        Assert.Null(child.Edit([new TaskEdit("A") { Name = "child" }], Patient)[0].Refusal);
        Assert.Equal("child", Two.FindTask("A")!.Name);
    }

    [Fact]
    public void After_letting_go_others_go_on()
    {
        Define("A");
        var hold = One.Hold(["A"]);
        Assert.True(hold.IsHeld);
        hold.Dispose();
        hold.Dispose();
        Assert.False(hold.IsHeld);
        Assert.Empty(One.Session.CurrentHolds);
        Assert.Null(Two.Edit([new TaskEdit("A") { Name = "n" }], Patient)[0].Refusal);
        using var again = Two.Hold(["A"]);
        Assert.Equal(["A"], again.Ids);
    }

    [Fact]
    public void A_waiting_change_is_made_when_the_holder_lets_go()
    {
        Define("A");
        var hold = One.Hold(["A"], new HoldOptions { Agent = "x" });
        LockWait? told = null;
        var options = new CommitOptions
        {
            Timeout = TimeSpan.FromMinutes(2),
            OnWait = wait =>
            {
                told ??= wait;
                hold.Dispose();
            },
        };
        Assert.Null(Two.Edit([new TaskEdit("A") { Name = "n" }], options)[0].Refusal);
        Assert.Equal("x", told!.Holder.Agent);
    }

    [Fact]
    public void A_cancelled_wait_ends_and_changes_nothing()
    {
        Define("A");
        using var hold = One.Hold(["A"]);
        using var cancel = new CancellationTokenSource();
        var options = new CommitOptions { Timeout = Timeout.InfiniteTimeSpan, OnWait = _ => cancel.Cancel() };
        Assert.ThrowsAny<OperationCanceledException>(() => Two.Edit([new TaskEdit("A") { Name = "n" }], options, cancel.Token));
        Assert.Equal("A", One.FindTask("A")!.Name);
    }

    [Fact]
    public void Whoever_looks_is_told_what_is_held_and_by_whom()
    {
        Define("A", "B", "C");
        using var store = Place.OpenStore();
        using (One.Hold(["C", "B"], new HoldOptions { Agent = "x", Doing = "migrating" }))
        {
            Assert.Equal("B", store.Locks.FindHeld(["A", "B", "C"], new LockSession()));
            Assert.Equal("C", store.Locks.FindHeld(["C", "A", "B"], Two.Session));
            Assert.Null(store.Locks.FindHeld(["A"], Two.Session));
            Assert.Null(store.Locks.FindHeld(["A", "B", "C"], One.Session));
            var holder = store.Locks.HolderOf("B");
            Assert.Equal((Environment.ProcessId, "x", "migrating"), (holder.Pid, holder.Agent, holder.Doing));
            var reason = Assert.Single(Two.Explain("C").Reasons);
            Assert.Equal((ReadinessCode.TaskHeld, "x"), (reason.Code, reason.Agent));
            Assert.True(One.Explain("C").IsReady);
        }
        Assert.Null(store.Locks.FindHeld(["A", "B", "C"], Two.Session));
    }

    [Fact]
    public void A_nightly_run_gives_away_what_nobody_holds()
    {
        Define("A", "B");
        One.RegisterAgents([new AgentProfile("n")]);
        using var hold = One.Hold(["A"], new HoldOptions { Agent = "x" });
        foreach (var whatIf in new[] { true, false })
        {
            var run = Two.RunAssignment(new AssignmentRunRequest { WhatIf = whatIf }, Once);
            Assert.Equal("B", Assert.Single(run.Assigned).TaskId);
            Assert.Contains(run.Skipped, skipped => skipped.TaskId == "A");
        }
        Assert.Equal((null, "agent:n"), (Two.FindTask("A")!.Assignee, Two.FindTask("B")!.Assignee!.ToString()));
    }

    [Fact]
    public void Recursion_and_a_wrong_order_are_errors_at_once()
    {
        Define("A", "B");
        using var hold = One.Hold(["B"], new HoldOptions { Timeout = Timeout.InfiniteTimeSpan });
        Assert.Equal(RefusalCode.LockRecursion, Thrown(() => One.Hold(["B"], new HoldOptions { Timeout = Timeout.InfiniteTimeSpan })).Code);
        Assert.Equal(RefusalCode.LockOrder, Thrown(() => One.Hold(["A"], new HoldOptions { Timeout = Timeout.InfiniteTimeSpan })).Code);
        Assert.Single(One.Session.CurrentHolds);
    }

    [Fact]
    public void Several_are_held_in_ordinal_order_once_each()
    {
        Define("b", "C", "a");
        using var hold = One.Hold(["b", "a", "C", "a"]);
        Assert.Equal(["C", "a", "b"], hold.Ids);
    }

    [Fact]
    public void Ids_that_no_file_could_be_named_after_exclude_each_other_alone()
    {
        string[] ids = ["../x", "..", "CON", "a/b", "a\\b", "a:b", "🚀", "ä", "%2e", "a b", "trail.", "NUL.txt", new('x', 40)];
        Define(ids);
        foreach (var id in ids)
        {
            using var hold = One.Hold([id]);
            foreach (var other in ids)
            {
                if (other == id)
                    Assert.Equal(RefusalCode.LockTimeout,
                        Thrown(() => Two.Edit([new TaskEdit(other) { Name = "under " + id }], Once)).Code);
                else
                    Assert.Null(Two.Edit([new TaskEdit(other) { Name = "under " + id }], Patient)[0].Refusal);
            }
        }
    }
}
