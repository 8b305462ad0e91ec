using System;
using System.Linq;
using TaskLocking.Board;
using Xunit;

namespace TaskLocking.StoreContract;

/// <summary>
/// What fails, dies or falls silent: tried again, struck, given up, blocked and freed, the same for who looks from elsewhere.
/// </summary>
public abstract class FailureContract<TPlace> : Contract<TPlace>
    where TPlace : StorePlace, new()
{
    [Fact]
    public void A_dead_holders_task_returns_with_a_strike_and_goes_to_who_asks_next()
    {
        Define("A");
        var token = Begin(One, "a", 7);
        Assert.Null(Two.Request(new TaskRequest(KnownProcesses.Holder("b", 8))).Task);
        Place.Processes.Kill(7);
        var task = Two.Request(new TaskRequest(KnownProcesses.Holder("b", 8))).Task!;
        Assert.Equal(("A", AgentTaskStatus.Todo, 1, "agent:b", "b"),
            (task.Id, task.Status, task.Strikes, task.Assignee!.ToString(), task.Claim!.Agent));
        Assert.True(task.Claim.Token > token);
        Assert.Equal(RefusalCode.LeaseLost, Refused(One.Complete([new CompleteRequest("A", "a") { Token = token }])).Code);
    }

    [Fact]
    public void A_task_that_outlives_three_holders_is_given_up()
    {
        Define("A");
        One.Define([new TaskDefinition("B") { Dependencies = ["A"] }]);
        for (var pid = 1; pid <= 3; pid++)
        {
            Begin(pid % 2 == 0 ? One : Two, "n" + pid, pid);
            Place.Processes.Kill(pid);
        }
        Assert.Null(One.Request(new TaskRequest(new LeaseHolder("b"))).Task);
        var task = Two.FindTask("A")!;
        Assert.Equal((AgentTaskStatus.Failed, 3, "n3", null), (task.Status, task.Strikes, task.Failure!.Agent, task.Claim));
        Assert.Equal(new TaskBlock("A", "A"), Two.FindTask("B")!.BlockedBy);
    }

    [Fact]
    public void A_failed_attempt_waits_twice_as_long_each_time_and_the_last_is_final()
    {
        One.Define([new TaskDefinition("A") { MaxAttempt = 3, RetryDelay = TimeSpan.FromMinutes(1) },
            new TaskDefinition("B") { Dependencies = ["A"] }, new TaskDefinition("C") { Dependencies = ["B"] }]);
        foreach (var wait in new[] { 1, 2 })
        {
            Fail(Begin(One, "a", 7));
            Assert.Equal((AgentTaskStatus.Todo, null, null),
                (Two.FindTask("A")!.Status, Two.FindTask("A")!.Claim, Two.FindTask("A")!.Assignee));
            Place.Clock.Move(TimeSpan.FromMinutes(wait) - TimeSpan.FromSeconds(30));
            Assert.Null(Two.Request(new TaskRequest(new LeaseHolder("b"))).Task);
            Place.Clock.Move(TimeSpan.FromSeconds(31));
        }
        Fail(Begin(One, "a", 7));
        Assert.Equal((AgentTaskStatus.Failed, 3, "no luck"),
            (Two.FindTask("A")!.Status, Two.FindTask("A")!.Attempt, Two.FindTask("A")!.Failure!.Reason));
        Assert.Equal([new TaskBlock("A", "A"), new TaskBlock("B", "A")], Two.GetTasks().Skip(1).Select(task => task.BlockedBy));
        var refusal = Refused(Two.Start([new StartRequest("C", new LeaseHolder("a"))]));
        Assert.Equal(RefusalCode.NotOwner, refusal.Code);
        Two.Assign(new AssignmentRequest(["C"], "agent", "a"));
        refusal = Refused(One.Start([new StartRequest("C", new LeaseHolder("a"))]));
        Assert.Equal((RefusalCode.DependencyFailed, "A", "B"), (refusal.Code, refusal.RootCause, refusal.Ids.Single()));
    }

    [Fact]
    public void A_restart_forgets_what_was_and_frees_what_it_blocked()
    {
        One.Define([new TaskDefinition("A"), new TaskDefinition("B") { Dependencies = ["A"] }]);
        Fail(Begin(One, "a", 7));
        Assert.Equal(RefusalCode.DependencyFailed, Refused(Two.Restart([new RestartRequest("B")])).Code);
        Assert.Null(Two.Restart([new RestartRequest("A")])[0].Refusal);
        var task = One.FindTask("A")!;
        Assert.Equal((AgentTaskStatus.Todo, 0, null, null), (task.Status, task.Attempt, task.Failure, task.Assignee));
        Assert.Equal((AgentTaskStatus.Todo, null), (One.FindTask("B")!.Status, One.FindTask("B")!.BlockedBy));
        var token = Begin(Two, "b", 8);
        Assert.Equal(RefusalCode.StatusConflict, Refused(One.Restart([new RestartRequest("A")])).Code);
        Assert.Null(One.Restart([new RestartRequest("A") { Force = true }])[0].Refusal);
        Assert.Equal(RefusalCode.LeaseLost, Refused(Two.Complete([new CompleteRequest("A", "b") { Token = token }])).Code);
    }

    [Fact]
    public void A_task_that_runs_too_long_fails_with_that_reason_when_somebody_asks()
    {
        One.Define([new TaskDefinition("A") { TimeLimit = TimeSpan.FromMinutes(1) }]);
        Begin(One, "a", 7);
        Place.Clock.Move(TimeSpan.FromMinutes(2));
        Two.Request(new TaskRequest(new LeaseHolder("b")));
        Assert.Equal((AgentTaskStatus.Failed, "timed out after 60 s"), (One.FindTask("A")!.Status, One.FindTask("A")!.Failure!.Reason));
    }

    [Fact]
    public void Files_come_with_the_claim_and_go_with_it_in_the_same_commit()
    {
        One.Define([new TaskDefinition("A") { Files = ["src/a.cs"], MaxAttempt = 2 }, new TaskDefinition("B") { Files = ["src/a.cs"] }]);
        var commits = 0;
        var options = new CommitOptions { OnCommitted = report => commits += report.Wrote ? 1 : 0 };
        One.Request(new TaskRequest(KnownProcesses.Holder("a", 7)), options);
        Assert.Equal(("src/a.cs", "a", "A"), Two.GetFileLeases().Select(lease => (lease.Path, lease.Agent, lease.TaskId)).Single());
        Assert.Null(Two.Request(new TaskRequest(new LeaseHolder("b"))).Task);
        One.Start([new StartRequest("A", new LeaseHolder("a"))], options);
        One.Fail([new FailRequest("A", "a", "no luck")], options);
        Assert.Equal(3, commits);
        Assert.Empty(Two.GetFileLeases());
        Assert.Equal("B", Two.Request(new TaskRequest(new LeaseHolder("b"))).Task!.Id);
    }

    private static long Begin(TaskBoard board, string agent, int pid)
    {
        var holder = KnownProcesses.Holder(agent, pid);
        var claim = board.Request(new TaskRequest(holder)).Task!.Claim!;
        Assert.Null(board.Start([new StartRequest("A", holder) { Token = claim.Token }])[0].Refusal);
        return claim.Token;
    }

    private void Fail(long token) => Assert.Null(One.Fail([new FailRequest("A", "a", "no luck") { Token = token }])[0].Refusal);
}
