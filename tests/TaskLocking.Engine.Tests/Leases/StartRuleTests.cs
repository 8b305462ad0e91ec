using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Rules;
using TaskLocking.Tests.Tasks;
using Xunit;

namespace TaskLocking.Tests.Leases;

public sealed class StartRuleTests
{
    private static readonly LeaseHolder A = new("a") { Host = "h", Pid = LifeScene.Living, ProcessStart = "s" };

    public static TheoryData<StartRequest> Malformed =>
    [
        new StartRequest(null!, A),
        new StartRequest("", A),
        new StartRequest("T", new LeaseHolder("")),
        new StartRequest("T", new LeaseHolder(" a")),
        new StartRequest("T", A with { Pid = 0 }),
        new StartRequest("T", A with { Host = "\n" }),
        new StartRequest("T", A) { Ttl = TimeSpan.FromMilliseconds(999) },
        new StartRequest("T", A) { Ttl = TimeSpan.FromDays(31) },
        new StartRequest("T", A) { Capabilities = [""] },
        new StartRequest("T", A) { OnOverlap = (FileOverlap)7 },
    ];

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_request_that_cannot_be_meant_is_refused(StartRequest request) =>
        Assert.Equal(RefusalCode.InvalidArgument, Start(Scene.Draft(Scene.Task("T").OwnedBy("a")), request).Code());

    [Fact]
    public void A_claimed_task_begins_and_keeps_its_token()
    {
        var draft = Scene.Draft(Scene.Task("T").ClaimedBy("a"));
        var outcome = Start(draft, new StartRequest("T", new LeaseHolder("a")) { Token = 50 });
        Assert.Null(outcome.Refusal);
        Assert.True(outcome.Changed);
        var task = draft.Find("T")!;
        Assert.Equal((AgentTaskStatus.InProgress, 1, LifeScene.Now), (task.Status, task.Attempt, task.StartedAt));
        Assert.Equal(LifeScene.ClaimOf("a"), task.Claim);
        Assert.Equal(AgentTaskStatus.Todo, outcome.Previous!.Status);
    }

    [Fact]
    public void Who_starts_names_the_process_that_works()
    {
        var draft = Scene.Draft(Scene.Task("T").ClaimedBy("a"));
        Assert.Equal(LifeScene.ClaimOf("a", pid: LifeScene.Living), Start(draft, new StartRequest("T", A)).Task!.Claim);
    }

    [Theory]
    [InlineData("agent")]
    [InlineData("host")]
    [InlineData("human")]
    public void An_assigned_task_gets_a_claim_with_the_commits_number(string type)
    {
        var draft = Scene.Draft(Scene.Task("T").OwnedBy("a", type));
        var task = Start(draft, new StartRequest("T", A with { Type = type }) { Ttl = TimeSpan.FromMinutes(5) }).Task!;
        Assert.Equal(new TaskClaim(draft.Version, "a", LifeScene.Now, LifeScene.Now.AddMinutes(5), TimeSpan.FromMinutes(5), Host: "h",
            Pid: LifeScene.Living, ProcessStart: "s"), task.Claim);
        Assert.Equal((AgentTaskStatus.InProgress, type + ":a"), (task.Status, task.Assignee!.ToString()));
    }

    [Fact]
    public void The_same_start_again_is_no_change()
    {
        var draft = Scene.Draft(Scene.Task("T").StartedBy("a"));
        var before = draft.Find("T");
        foreach (var token in new long?[] { 50, null })
        {
            var outcome = Start(draft, new StartRequest("T", A) { Token = token });
            Assert.Equal((null, false), (outcome.Refusal, outcome.Changed));
            Assert.Same(before, outcome.Task);
        }
    }

    [Fact]
    public void The_first_of_all_refusals_is_told_and_removing_its_cause_tells_the_next()
    {
        var worst = Scene.Task("T", "failed",
            "open").In(AgentTaskStatus.Done).ClaimedBy("b").Having(facts => facts with { Requires = ["gpu"] });
        var wrong = worst.Set(execution => execution with
        {
            AllowedAgents = ["c"],
            NotBefore = LifeScene.Now.AddMinutes(1),
            Files = ["src/a.cs"]
        });
        var mine = wrong.OwnedBy("a").Set(execution => execution with { Claim = null });
        var open = mine.In(AgentTaskStatus.Todo);
        var unblocked = open.Having(facts => facts with { Dependencies = ["open", "none"] });
        var early = open.Having(facts => facts with { Dependencies = ["done"] });
        var due = early.Set(execution => execution with { NotBefore = LifeScene.Now });
        var able = due.Having(facts => facts with { Requires = [] });
        var allowed = able.Set(execution => execution with { AllowedAgents = ["a"] });
        Assert.Equal(
            [
                (RefusalCode.TaskNotFound, null), (RefusalCode.LeaseLost, 50L), (RefusalCode.NotOwner, null),
                    (RefusalCode.StatusConflict, null), (RefusalCode.DependencyFailed, null),
                (RefusalCode.TaskNotReady, null), (RefusalCode.TaskNotReady, null), (RefusalCode.NotPermitted, null),
                    (RefusalCode.NotPermitted, null), (RefusalCode.FileLocked, null), ((RefusalCode?)null, (long?)null),
            ],
            new (AgentTask? Task, long? Token, bool Locked)[]
            {
                (null, 51, true), (wrong, 51, true), (wrong, null, true), (mine, null, true), (open, null, true),
                (unblocked, null, true), (early, null, true), (due, null, true), (able, null, true), (allowed, null, true),
                    (allowed, null, false),
            }.Select(step => Judge(step.Task, step.Token, step.Locked)));
    }

    [Fact]
    public void A_lost_lease_tells_expected_found_and_who_has_the_task_now()
    {
        var refusal = Start(Scene.Draft(Scene.Task("T").ClaimedBy("b")), new StartRequest("T", A) { Token = 49 }).Refusal!;
        Assert.Equal((RefusalCode.LeaseLost, "T", 49L, 50L, "b", LifeScene.Now.AddMinutes(30)),
            (refusal.Code, refusal.TaskId, refusal.ExpectedToken, refusal.FoundToken, refusal.Agent, refusal.Expires));
        refusal = Start(Scene.Draft(Scene.Task("T")), new StartRequest("T", A) { Token = 49 }).Refusal!;
        Assert.Equal((RefusalCode.LeaseLost, 49L, null, null), (refusal.Code, refusal.ExpectedToken, refusal.FoundToken, refusal.Agent));
    }

    [Fact]
    public void A_task_of_nobody_is_to_be_claimed_or_assigned_first() =>
        Assert.Equal(RefusalCode.NotOwner, Start(Scene.Draft(Scene.Task("T")), new StartRequest("T", A)).Code());

    [Fact]
    public void A_failed_dependency_names_the_nearest_and_the_root()
    {
        var draft = Scene.Draft(Scene.Task("T", "N").OwnedBy("a").BlockedBy("N", "R"), Scene.Task("U", "N").OwnedBy("a"),
            Scene.Task("N", "R").BlockedBy("R", "R"), Scene.Task("R").FailedBy("b"));
        foreach (var id in new[] { "T", "U" })
        {
            var refusal = Start(draft, new StartRequest(id, A)).Refusal!;
            Assert.Equal((RefusalCode.DependencyFailed, "R"), (refusal.Code, refusal.RootCause));
            Assert.Equal(["N"], refusal.Ids);
        }
    }

    [Fact]
    public void What_is_not_met_is_named_and_what_is_too_early_tells_how_long()
    {
        var draft = Scene.Draft(
            Scene.Task("T", "done", "open", "review", "cancelled", "none").OwnedBy("a"), Scene.Task("done").In(AgentTaskStatus.Done),
                Scene.Task("open"),
            Scene.Task("review").In(AgentTaskStatus.Review), Scene.Task("cancelled").In(AgentTaskStatus.Cancelled),
            Scene.Task("early").OwnedBy("a").Set(execution => execution with { NotBefore = LifeScene.Now.AddSeconds(9) }));
        Assert.Equal(["open", "review", "cancelled", "none"], Start(draft, new StartRequest("T", A)).Refusal!.Ids);
        Assert.Equal(TimeSpan.FromSeconds(9), Start(draft, new StartRequest("early", A)).Refusal!.RetryAfter);
    }

    [Theory]
    [InlineData(1, "human", RefusalCode.NotOwner)]
    [InlineData(1, "agent", RefusalCode.NotPermitted)]
    [InlineData(2, "agent", null)]
    public void An_agent_works_on_no_more_than_it_may(int maxTasks, string type, RefusalCode? code)
    {
        var state = new MemoryState(Scene.Task("T").OwnedBy("a", type), Scene.Task("U").OwnedBy("a"), Scene.Task("V").StartedBy("a"),
            Scene.Task("W").StartedBy("b"));
        state.Registered.Add(new AgentProfile("a", MaxTasks: maxTasks));
        Assert.Equal(code, Start(Scene.Draft(state), new StartRequest("T", A)).Code());
    }

    [Fact]
    public void Capabilities_come_from_the_registration_and_the_request()
    {
        var state = new MemoryState(Scene.Task("T").OwnedBy("a").Having(facts => facts with { Requires = ["gpu", "dotnet"] }));
        state.Registered.Add(new AgentProfile("a", Capabilities: ["gpu"]));
        Assert.Equal(RefusalCode.NotPermitted, Start(Scene.Draft(state), new StartRequest("T", A)).Code());
        Assert.Null(Start(Scene.Draft(state), new StartRequest("T", A) { Capabilities = ["dotnet"] }).Refusal);
    }

    [Fact]
    public void Files_are_taken_with_the_claim_and_an_overlap_is_told_where_that_is_asked_for()
    {
        var state = new MemoryState(Scene.Task("T").OwnedBy("a").Set(execution => execution with { Files = ["src/a.cs", "src/b.cs"] }));
        state.Leased.Add(LifeScene.FileOf("b", null));
        var draft = Scene.Draft(state);
        var outcome = Start(draft, new StartRequest("T", A) { OnOverlap = FileOverlap.Warn });
        Assert.Equal(["src/a.cs"], outcome.Overlaps.Select(conflict => conflict.Path));
        Assert.Equal([("a", "src/b.cs", "T"), ("b", "src/a.cs", null)],
            draft.FileLeases.Select(lease => (lease.Agent, lease.Path, lease.TaskId)));
    }

    private static (RefusalCode?, long?) Judge(AgentTask? task, long? token, bool isLocked)
    {
        var state = new MemoryState([.. new[] { task! }.Where(each => each is not null), Scene.Task("failed").FailedBy("b"),
            Scene.Task("open"), Scene.Task("done").In(AgentTaskStatus.Done)]);
        if (isLocked)
            state.Leased.Add(LifeScene.FileOf("b", null));
        var refusal = Start(Scene.Draft(state), new StartRequest("T", A) { Token = token }).Refusal;
        return (refusal?.Code, refusal?.Code == RefusalCode.LeaseLost ? refusal.FoundToken : null);
    }

    private static TaskOutcome Start(TaskDraft draft, params StartRequest[] requests) =>
        Assert.Single(new StartRule(requests, LifeScene.Liveness(), StringComparison.Ordinal).Decide(draft));
}
