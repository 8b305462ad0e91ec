using System;
using System.Collections.Concurrent;
using System.Linq;
using TaskLocking.Board;
using TaskLocking.Rules;
using Xunit;

namespace TaskLocking.StoreContract;

/// <summary>Claims: one holder at a time, a number that only grows, and a late holder who is told so.</summary>
public abstract class ClaimContract<TPlace> : Contract<TPlace>
    where TPlace : StorePlace, new()
{
    private static readonly CommitOptions Patient = new() { Timeout = TimeSpan.FromMinutes(2) };
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void A_task_that_somebody_holds_is_passed_over_and_nobody_waits_for_it()
    {
        Define("A", "B");
        using var hold = One.Hold(["A"]);
        var once = new CommitOptions { Timeout = TimeSpan.Zero };
        Assert.Equal("B", Two.Request(new TaskRequest(new LeaseHolder("b")), once).Task!.Id);
        var answer = Two.Request(new TaskRequest(new LeaseHolder("b")), once);
        Assert.Null(answer.Task);
        Assert.NotNull(answer.Nothing);
        Assert.Equal("A", One.Request(new TaskRequest(new LeaseHolder("a")), once).Task!.Id);
    }

    [Fact]
    public void Several_tasks_are_claimed_and_started_in_one_commit_and_given_back_as_one()
    {
        Define("A", "B", "C");
        var commits = new ConcurrentBag<CommitReport>();
        var two = new TaskRequest(new LeaseHolder("a")) { Start = true, Count = 2 };
        var claimed = One.Request(two, new CommitOptions { OnCommitted = commits.Add }).Claimed;
        Assert.Equal(["A", "B"], claimed.Select(outcome => outcome.Id));
        var version = Assert.Single(commits).Version;
        Assert.All(claimed, outcome =>
        {
            var task = Two.FindTask(outcome.Id)!;
            Assert.Equal((AgentTaskStatus.InProgress, 1, version, version), (task.Status, task.Attempt, task.Version, task.Claim!.Token));
            Assert.Equal(outcome.Task!.Claim, task.Claim);
        });
        Assert.All(One.GiveBack(claimed.Select(outcome => new GiveBackRequest(outcome.Id, "a", version)).ToList()),
            outcome => Assert.Null(outcome.Refusal));
        Assert.Equal(["A", "B", "C"],
            Two.Request(new TaskRequest(new LeaseHolder("b")) { Count = 9 }).Claimed.Select(outcome => outcome.Id));
        Assert.All(Two.GetTasks(), task => Assert.Equal((AgentTaskStatus.Todo, 0, 0), (task.Status, task.Attempt, task.Strikes)));
        Assert.Equal(RefusalCode.InvalidArgument, Thrown(() => One.Request(new TaskRequest(new LeaseHolder("a")) { Count = 0 })).Code);
    }

    [Fact]
    public void Work_ends_and_the_next_begins_in_one_commit()
    {
        Define("A", "C");
        One.Define([new TaskDefinition("B") { Dependencies = ["A"], Priority = TaskPriority.High }]);
        var next = new TaskRequest(new LeaseHolder("a")) { Start = true };
        var token = One.Request(next).Task!.Claim!.Token;
        var commits = new ConcurrentBag<CommitReport>();
        var answer = One.CompleteAndRequest([new CompleteRequest("A", "a") { Token = token }], next,
            new CommitOptions { OnCommitted = commits.Add });
        Assert.Equal(("A", "B"), (Assert.Single(answer.Completed).Id, answer.Next!.Task!.Id));
        Assert.Equal((AgentTaskStatus.Done, AgentTaskStatus.InProgress), (Two.FindTask("A")!.Status, Two.FindTask("B")!.Status));
        Assert.Equal(Assert.Single(commits).Version, Two.FindTask("B")!.Claim!.Token);
        Assert.Equal(Two.FindTask("A")!.Version, Two.FindTask("B")!.Version);
    }

    [Fact]
    public void Where_the_end_of_work_is_refused_nothing_is_claimed()
    {
        Define("A", "B", "C");
        var next = new TaskRequest(new LeaseHolder("a")) { Start = true };
        var token = One.Request(next).Task!.Claim!.Token;
        var answer = Two.CompleteAndRequest([new CompleteRequest("A", "a") { Token = token + 1 }, new CompleteRequest("B", "a")], next);
        Assert.Equal([RefusalCode.LeaseLost, RefusalCode.StatusConflict], answer.Completed.Select(outcome => outcome.Refusal!.Code));
        Assert.Null(answer.Next);
        Assert.All(Two.GetTasks().Skip(1), task => Assert.Null(task.Claim));
        var unknown = next with { Holder = new LeaseHolder("a") { Type = "human" } };
        Assert.Equal(RefusalCode.NotPermitted,
            Thrown(() => Two.CompleteAndRequest([new CompleteRequest("A", "a") { Token = token }], unknown)).Code);
        Assert.Equal(AgentTaskStatus.InProgress, One.FindTask("A")!.Status);
    }

    [Fact]
    public void Many_who_complete_and_go_on_do_each_task_once()
    {
        const int tasks = 60;
        Define([.. Enumerable.Range(0, tasks).Select(number => "T" + number)]);
        var done = new ConcurrentBag<string>();
        Crowd.Run(6, number =>
        {
            var board = Place.OpenBoard();
            return () =>
            {
                using (board)
                {
                    var next = new TaskRequest(new LeaseHolder("n" + number)) { Start = true };
                    for (var task = board.Request(next, Patient).Task; task is not null;)
                    {
                        var answer = board.CompleteAndRequest(
                            [new CompleteRequest(task.Id, next.Holder.Agent) { Token = task.Claim!.Token }], next, Patient);
                        Assert.Null(answer.Completed[0].Refusal);
                        done.Add(task.Id);
                        task = answer.Next!.Task;
                    }
                }
            };
        });
        Assert.Equal(tasks, done.Count);
        Assert.Equal(tasks, done.Distinct().Count());
        Assert.All(One.GetTasks(), task => Assert.Equal((AgentTaskStatus.Done, 1), (task.Status, task.Attempt)));
    }

    [Fact]
    public void Of_many_who_ask_at_once_each_gets_another_task()
    {
        Define("A", "B", "C", "D", "E", "F");
        var claims = new ConcurrentBag<AgentTask>();
        var empty = new ConcurrentBag<string>();
        Crowd.Run(12, number =>
        {
            var own = Place.OpenBoard();
            // Half of them ask through a board that others use too.
            var board = number % 2 == 0 ? own : number % 4 == 1 ? One : Two;
            return () =>
            {
                using (own)
                {
                    var answer = board.Request(new TaskRequest(new LeaseHolder("n" + number)), Patient);
                    if (answer.Task is { } task)
                        claims.Add(task);
                    else
                        empty.Add(answer.Nothing!);
                }
            };
        });
        Assert.Equal(["A", "B", "C", "D", "E", "F"], claims.Select(task => task.Id).Order());
        Assert.Equal(6, empty.Count);
        Assert.All(claims,
            task => Assert.Equal((task.Claim, "agent:" + task.Claim!.Agent),
                (Two.FindTask(task.Id)!.Claim, Two.FindTask(task.Id)!.Assignee!.ToString())));
        Assert.Equal(6, claims.Select(task => task.Claim!.Agent).Distinct().Count());
    }

    [Fact]
    public void Of_many_starts_of_one_claim_one_counts()
    {
        Define("A");
        var token = Next(One, "a").Token;
        var begun = new ConcurrentBag<bool>();
        Crowd.Run(8, _ =>
        {
            var board = Place.OpenBoard();
            return () =>
            {
                using (board)
                {
                    var outcome = board.Start([new StartRequest("A", new LeaseHolder("a")) { Token = token }], Patient)[0];
                    Assert.Null(outcome.Refusal);
                    begun.Add(outcome.Changed);
                }
            };
        });
        Assert.Single(begun, changed => changed);
        Assert.Equal((1, token), (Two.FindTask("A")!.Attempt, Two.FindTask("A")!.Claim!.Token));
    }

    [Fact]
    public void Tokens_grow_with_every_claim_also_of_a_task_that_was_removed_and_defined_anew()
    {
        Define("A");
        var tokens = new long[6];
        for (var round = 0; round < tokens.Length; round++)
        {
            tokens[round] = Next(round % 2 == 0 ? One : Two, "a").Token;
            if (round < 3)
            {
                One.Unassign(new UnassignmentRequest(["A"]) { Force = true });
            }
            else
            {
                Assert.Null(Two.Remove([new TaskRemoval("A", Force: true)])[0].Refusal);
                Define("A");
            }
        }
        Assert.Equal(tokens.Distinct().Order(), tokens);
    }

    [Fact]
    public void Who_comes_late_is_refused_and_told_who_has_the_task_now()
    {
        Define("A");
        var late = Next(One, "a", Hour).Token;
        Start(One, "a", late);
        Place.Clock.Move(Hour + Hour);
        var claim = Next(Two, "b", Hour);
        Start(Two, "b", claim.Token);
        var before = Two.FindTask("A")!.ToJson();
        foreach (var refusal in new[]
        {
            Refused(One.Complete([new CompleteRequest("A", "a") { Token = late }])),
            Refused(One.Fail([new FailRequest("A", "a", "late") { Token = late }])),
            Refused(One.Renew([new RenewRequest("A", "a") { Token = late }])),
            Refused(One.Start([new StartRequest("A", new LeaseHolder("a")) { Token = late }])),
        })
        {
            Assert.Equal((RefusalCode.LeaseLost, late, claim.Token, "b", claim.Expires),
                (refusal.Code, refusal.ExpectedToken, refusal.FoundToken, refusal.Agent, refusal.Expires));
        }
        Assert.Equal(before, Two.FindTask("A")!.ToJson());
        Assert.Null(Two.Complete([new CompleteRequest("A", "b") { Token = claim.Token }])[0].Refusal);
        Assert.Equal((AgentTaskStatus.Done, null), (One.FindTask("A")!.Status, One.FindTask("A")!.Claim));
    }

    [Fact]
    public void A_claim_whose_time_has_passed_counts_as_long_as_nobody_took_it_away()
    {
        Define("A");
        var token = Next(One, "a", Hour).Token;
        Start(One, "a", token);
        Place.Clock.Move(Hour + Hour);
        Assert.Null(Two.Complete([new CompleteRequest("A", "a") { Token = token }])[0].Refusal);
    }

    [Fact]
    public void A_renewed_claim_outlives_its_first_time()
    {
        Define("A");
        var token = Next(One, "a", Hour).Token;
        Place.Clock.Move(TimeSpan.FromMinutes(50));
        Assert.Equal(token, Two.Renew([new RenewRequest("A", "a") { Token = token }])[0].Task!.Claim!.Token);
        Place.Clock.Move(TimeSpan.FromMinutes(50));
        Assert.Null(Two.Request(new TaskRequest(new LeaseHolder("b"))).Task);
        Place.Clock.Move(TimeSpan.FromMinutes(20));
        Assert.Equal("A", Two.Request(new TaskRequest(new LeaseHolder("b"))).Task!.Id);
    }

    [Fact]
    public void A_living_process_keeps_its_claim_whatever_the_clock_says()
    {
        Define("A");
        var token = One.Request(new TaskRequest(KnownProcesses.Holder("a", 7)) { Ttl = Hour }).Task!.Claim!.Token;
        Start(One, "a", token);
        foreach (var jump in new[] { 1_000, -3_000, 5_000 })
        {
            Place.Clock.Move(TimeSpan.FromDays(jump));
            Assert.Null(Two.Request(new TaskRequest(new LeaseHolder("b"))).Task);
        }
        Assert.Null(One.Complete([new CompleteRequest("A", "a") { Token = token }])[0].Refusal);
    }

    [Fact]
    public void A_clock_that_is_set_back_prolongs_a_claim_and_takes_none_away()
    {
        Define("A");
        var token = Next(One, "a", Hour).Token;
        Place.Clock.Move(-Hour - Hour);
        Assert.Null(Two.Request(new TaskRequest(new LeaseHolder("b"))).Task);
        Place.Clock.Move(Hour + Hour);
        Assert.Null(Two.Request(new TaskRequest(new LeaseHolder("b"))).Task);
        Place.Clock.Move(Hour);
        var next = Next(Two, "b", Hour);
        Assert.True(next.Token > token);
    }

    [Fact]
    public void The_gate_from_Review_to_Done_opens_for_a_person_alone()
    {
        One.Define([new TaskDefinition("A") { NeedsReview = true }]);
        var token = Next(One, "a").Token;
        Start(One, "a", token);
        Assert.Equal(AgentTaskStatus.Review, One.Complete([new CompleteRequest("A", "a") { Token = token }])[0].Task!.Status);
        Assert.Equal(RefusalCode.NotPermitted, Refused(Two.Complete([new CompleteRequest("A", "a")])).Code);
        Assert.Equal(RefusalCode.NotPermitted, Refused(Two.Edit([new TaskEdit("A") { Status = AgentTaskStatus.Done }])).Code);
        // A person is who the board knows as one, and nobody looks at his own work.
        Assert.Equal(RefusalCode.NotPermitted, Refused(Two.Complete([new CompleteRequest("A", "p") { Type = "human" }])).Code);
        One.RegisterAgents([new AgentProfile("p", "human"), new AgentProfile("a", "human")]);
        Assert.Equal(RefusalCode.NotPermitted, Refused(Two.Complete([new CompleteRequest("A", "a") { Type = "human" }])).Code);
        Assert.Null(Two.Complete([new CompleteRequest("A", "p") { Type = "human" }])[0].Refusal);
        Assert.Equal(AgentTaskStatus.Done, One.FindTask("A")!.Status);
    }

    private static TaskClaim Next(TaskBoard board, string agent, TimeSpan? ttl = null) =>
        board.Request(new TaskRequest(new LeaseHolder(agent)) { Ttl = ttl ?? TaskRequest.DefaultTtl }).Task!.Claim!;

    private static void Start(TaskBoard board, string agent, long token) =>
        Assert.Null(board.Start([new StartRequest("A", new LeaseHolder(agent)) { Token = token }])[0].Refusal);
}
