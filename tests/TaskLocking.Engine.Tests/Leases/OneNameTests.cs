using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Rules;
using TaskLocking.Tests.Tasks;
using Xunit;

namespace TaskLocking.Tests.Leases;

/// <summary>One name is not one worker: two living processes, a person and an agent, and who looks at whose work.</summary>
public sealed class OneNameTests
{
    /// <summary>The process that has everything; what it was started by, what it started, and one that has nothing to do with it.</summary>
    private const int Own = 10;
    private const int Child = 11;
    private const int Other = 20;

    private static readonly FakeKin Processes = new();
    private static readonly FakeKin OwnIsGone = new() { Gone = [Own] };

    public static TheoryData<string, int[], RefusalCode?> Askers { get; } = new()
    {
        { "alive", [Own], null },
        { "alive", [Child], null },
        { "alive", [Other], RefusalCode.NotOwner },
        { "alive", [Other, Child], null },
        { "alive", [], null },
        { "alive, token", [Other], null },
        { "alive, force", [Other], null },
        { "gone", [Other], null },
        { "no process", [Other], null },
    };

    [Theory]
    [MemberData(nameof(Askers))]
    public void A_claim_of_a_living_process_is_its_own(string claim, int[] callers, RefusalCode? code)
    {
        var (liveness, token, force) = (claim == "gone" ? OwnIsGone : Processes, claim == "alive, token" ? 50L : (long?)null,
            claim == "alive, force");
        TaskDraft Draft() => Scene.Draft(Scene.Task("T").StartedBy("a", pid: claim == "no process" ? null : Own));
        Assert.Equal(code,
            Assert.Single(new StartRule([new StartRequest("T", Holder(callers)) { Token = token, Force = force }], liveness,
                StringComparison.Ordinal).Decide(Draft())).Code());
        Assert.Equal(code,
            Assert.Single(new CompleteRule([new CompleteRequest("T", "a") { Token = token, Callers = callers, Force = force }],
                liveness).Decide(Draft())).Code());
        Assert.Equal(code,
            Assert.Single(new FailRule([new FailRequest("T", "a", "r") { Token = token, Callers = callers, Force = force }],
                liveness).Decide(Draft())).Code());
        Assert.Equal(code,
            Assert.Single(new RenewRule([new RenewRequest("T", "a") { Token = token, Callers = callers, Force = force }],
                liveness).Decide(Draft())).Code());
    }

    [Fact]
    public void The_refusal_names_the_process_and_since_when()
    {
        var refusal = Assert.Single(new CompleteRule([new CompleteRequest("T", "a") { Callers = [Other] }],
            Processes).Decide(Scene.Draft(Scene.Task("T").StartedBy("a", pid: Own)))).Refusal!;
        Assert.Contains("pid 10 on h, since ", refusal.Message, StringComparison.Ordinal);
        // The token is what would get past: it is not told to who has not got it.
        Assert.Equal(("a", null), (refusal.Agent, refusal.FoundToken));
    }

    [Fact]
    public void Force_does_not_make_another_name_an_owner() =>
        Assert.Equal(RefusalCode.NotOwner,
            Assert.Single(new CompleteRule([new CompleteRequest("T", "b") { Callers = [Other], Force = true }],
                Processes).Decide(Scene.Draft(Scene.Task("T").StartedBy("a", pid: Own)))).Code());

    [Fact]
    public void Whoever_goes_on_with_the_token_is_judged_from_then_on()
    {
        var state = new MemoryState(Scene.Task("T").StartedBy("a", pid: Own));
        state.Leased.Add(Lease("f", "T"));
        var draft = Scene.Draft(state);
        var request = new StartRequest("T",
            new LeaseHolder("a") { Host = "h", Pid = Other, ProcessStart = "s", Callers = [Other] })
        { Token = 50 };
        var outcome = Assert.Single(new StartRule([request], Processes, StringComparison.Ordinal).Decide(draft));
        Assert.Equal((true, Other, 50L), (outcome.Changed, outcome.Task!.Claim!.Pid, outcome.Task.Claim.Token));
        Assert.Equal(Other, Assert.Single(draft.FileLeases).Pid);
        outcome = Assert.Single(new StartRule([request], Processes, StringComparison.Ordinal).Decide(draft));
        Assert.False(outcome.Changed);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(Other, null)]
    [InlineData(null, 50L)]
    [InlineData(Other, 50L)]
    public void Whoever_goes_on_after_his_process_has_the_claim(int? pid, long? token)
    {
        foreach (var starts in new[] { false, true })
        {
            var state = new MemoryState(Scene.Task("T").StartedBy("a", pid: Own));
            state.Leased.Add(Lease("f", "T"));
            var draft = Scene.Draft(state);
            int[] callers = [Other];
            var (host, start) = pid is null ? (null, null) : ("h", "s");
            var outcome = Assert.Single(starts
                ? new StartRule([new StartRequest("T",
                    new LeaseHolder("a") { Host = host, Pid = pid, ProcessStart = start, Callers = callers })
                { Token = token }], OwnIsGone, StringComparison.Ordinal).Decide(draft)
                : new RenewRule([new RenewRequest("T", "a")
                {
                    Token = token,
                    Host = host,
                    Pid = pid,
                    ProcessStart = start,
                    Callers = callers,
                }], OwnIsGone).Decide(draft));
            var claim = outcome.Task!.Claim!;
            Assert.Equal((pid, host, start, 50L), (claim.Pid, claim.Host, claim.ProcessStart, claim.Token));
            Assert.Null(LeaseTerm.End(claim, draft.Now, OwnIsGone));
            Assert.Equal((pid, claim.Expires), (Assert.Single(draft.FileLeases).Pid, draft.FileLeases.Single().Expires));
        }
    }

    [Fact]
    public void A_renewal_names_the_process_that_goes_on()
    {
        var draft = Scene.Draft(Scene.Task("T").StartedBy("a", pid: Own));
        TaskClaim Renewed(int? pid) => Assert.Single(new RenewRule([new RenewRequest("T", "a")
        {
            Host = pid is null ? null : "h",
            Pid = pid,
            ProcessStart = pid is null ? null : "s",
            Callers = [Child],
        }], Processes).Decide(draft)).Task!.Claim!;
        Assert.Equal(Own, Renewed(null).Pid);
        Assert.Equal(Child, Renewed(Child).Pid);
    }

    [Theory]
    [InlineData(new[] { Own }, false, false, null)]
    [InlineData(new[] { Child }, false, false, null)]
    [InlineData(new[] { Other }, false, false, RefusalCode.FileLocked)]
    [InlineData(new[] { Other }, true, false, RefusalCode.FileLocked)]
    [InlineData(new[] { Other }, false, true, null)]
    [InlineData(new int[0], false, false, null)]
    public void An_exclusive_lease_of_a_living_process_is_its_own(int[] callers, bool shared, bool force, RefusalCode? code)
    {
        var state = new MemoryState();
        state.Leased.Add(Lease("src/**"));
        var request = new FileLeaseRequest(Holder(callers), ["src/x"]) { IsShared = shared, Force = force };
        var answer = new LockFilesRule(request, Processes, StringComparison.Ordinal).Decide(Scene.Draft(state));
        Assert.Equal(code, answer.Refused.Count > 0 ? answer.Refused[0].Code : null);
        Assert.Equal(code is not null,
            answer.Refused.Any(refusal => refusal.Message.Contains("pid 10 on h, since ", StringComparison.Ordinal)));
        Assert.Equal(code is null || force,
            FileLeaseQueries.Test(state, force ? request with { Holder = Holder([Own]) } : request, LifeScene.Now, Processes,
                StringComparison.Ordinal)[0].IsFree);
    }

    [Fact]
    public void Each_process_that_shares_has_a_lease_of_its_own()
    {
        var draft = Scene.Draft(new MemoryState());
        foreach (var pid in new[] { Own, Other })
        {
            var holder = new LeaseHolder("a") { Host = "h", Pid = pid, ProcessStart = "s", Callers = [pid] };
            Assert.True(new LockFilesRule(new FileLeaseRequest(holder, ["x"]) { IsShared = true }, Processes,
                StringComparison.Ordinal).Decide(draft).Success);
        }
        Assert.Equal([Own, Other], draft.FileLeases.Select(lease => lease.Pid!.Value).Order());
        // What is shared becomes one's own only when nobody else shares it.
        var mine = new FileLeaseRequest(new LeaseHolder("a") { Host = "h", Pid = Own, ProcessStart = "s", Callers = [Own] }, ["x"]);
        Assert.False(new LockFilesRule(mine, Processes, StringComparison.Ordinal).Decide(draft).Success);
        Assert.True(new UnlockFilesRule(new FileUnlockRequest("a") { Callers = [Other] }, Processes,
            StringComparison.Ordinal).Decide(draft).Success);
        Assert.Equal(Own, Assert.Single(draft.FileLeases).Pid);
        Assert.True(new LockFilesRule(mine, Processes, StringComparison.Ordinal).Decide(draft).Success);
        Assert.False(Assert.Single(draft.FileLeases).IsShared);
    }

    [Theory]
    [InlineData(new[] { Other }, false, false, RefusalCode.NotOwner, 1)]
    [InlineData(new[] { Other }, true, false, null, 1)]
    [InlineData(new[] { Other }, true, true, null, 0)]
    [InlineData(new[] { Other }, false, true, null, 0)]
    [InlineData(new[] { Child }, true, false, null, 0)]
    [InlineData(new[] { Own }, false, false, null, 0)]
    public void What_a_living_process_has_is_freed_by_it_or_by_force(int[] callers, bool all, bool force, RefusalCode? code, int left)
    {
        var state = new MemoryState();
        state.Leased.Add(Lease("x"));
        var draft = Scene.Draft(state);
        var answer = new UnlockFilesRule(new FileUnlockRequest("a") { Paths = all ? [] : ["x"], Callers = callers, Force = force },
            Processes, StringComparison.Ordinal).Decide(draft);
        Assert.Equal((code, left), (answer.Refused.Count > 0 ? answer.Refused[0].Code : (RefusalCode?)null, draft.FileLeases.Count));
    }

    [Fact]
    public void A_task_whose_files_another_process_of_the_name_has_is_passed_over()
    {
        var state = new MemoryState(Scene.Task("T").Set(execution => execution with { Files = ["x"] }));
        state.Leased.Add(Lease("x"));
        Assert.Null(new RequestRule(new TaskRequest(Holder([Other])), Processes, StringComparison.Ordinal).Decide(Scene.Draft(state)).Task);
        Assert.NotNull(new RequestRule(new TaskRequest(Holder([Child])), Processes,
            StringComparison.Ordinal).Decide(Scene.Draft(state)).Task);
    }

    [Fact]
    public void A_failure_leaves_another_process_its_files()
    {
        var state = new MemoryState(Scene.Task("T").StartedBy("a", pid: Own));
        state.Leased.AddRange([Lease("own"), Lease("other") with { },
            new FileLease("others", "a", LifeScene.Now, LifeScene.Now.AddHours(1), Host: "h", Pid: Other, ProcessStart: "s")]);
        var draft = Scene.Draft(state);
        Assert.Null(Assert.Single(new FailRule([new FailRequest("T", "a", "r") { Callers = [Own] }], Processes).Decide(draft)).Refusal);
        Assert.Equal(["others"], draft.FileLeases.Select(lease => lease.Path));
    }

    [Theory]
    [InlineData("agent", "agent", true)]
    [InlineData("agent", "human", false)]
    [InlineData("human", "agent", false)]
    [InlineData("human", "human", true)]
    [InlineData("host", "agent", true)]
    public void A_person_and_an_agent_of_one_name_are_two(string owner, string asker, bool isHis)
    {
        var state = Both(Scene.Task("T").OwnedBy("bob", owner), Scene.Task("V").StartedBy("bob").OwnedBy("bob", owner));
        state.Leased.Add(new FileLease("x", "bob", LifeScene.Now, LifeScene.Now.AddHours(1), Type: owner == "human" ? owner : null));
        var holder = new LeaseHolder("bob") { Type = asker };
        Assert.Equal(isHis,
            new RequestRule(new TaskRequest(holder), Processes, StringComparison.Ordinal).Decide(Scene.Draft(state)).Task is not null);
        Assert.Equal(isHis,
            Assert.Single(new StartRule([new StartRequest("T", holder)], Processes,
                StringComparison.Ordinal).Decide(Scene.Draft(state))).Refusal is null);
        Assert.Equal(isHis,
            Assert.Single(new CompleteRule([new CompleteRequest("V", "bob") { Type = asker }],
                Processes).Decide(Scene.Draft(state))).Refusal is null);
        Assert.Equal(isHis,
            Assert.Single(new FailRule([new FailRequest("V", "bob", "r") { Type = asker }],
                Processes).Decide(Scene.Draft(state))).Refusal is null);
        Assert.Equal(isHis,
            Assert.Single(new RenewRule([new RenewRequest("V", "bob") { Type = asker, Token = 50 }],
                Processes).Decide(Scene.Draft(state))).Refusal is null);
        Assert.Equal(isHis,
            new LockFilesRule(new FileLeaseRequest(holder, ["x"]), Processes, StringComparison.Ordinal).Decide(Scene.Draft(state)).Success);
        Assert.Equal(isHis,
            new UnlockFilesRule(new FileUnlockRequest("bob") { Paths = ["x"], Type = asker }, Processes,
                StringComparison.Ordinal).Decide(Scene.Draft(state)).Success);
    }

    [Fact]
    public void Each_of_the_two_has_its_own_limit_and_its_own_registration()
    {
        var state = Both(Scene.Task("T"), Scene.Task("U").StartedBy("bob").OwnedBy("bob", "human"));
        Assert.NotNull(new RequestRule(new TaskRequest(new LeaseHolder("bob") { Type = "agent" }), Processes,
            StringComparison.Ordinal).Decide(Scene.Draft(state)).Task);
        Assert.Null(new RequestRule(new TaskRequest(new LeaseHolder("bob") { Type = "human" }), Processes,
            StringComparison.Ordinal).Decide(Scene.Draft(state)).Task);
        var draft = Scene.Draft(state);
        Assert.Equal(RefusalCode.InvalidArgument,
            new UnregisterAgentRule([new AgentRemoval("bob", Force: true)]).Decide(draft)[0].Refusal?.Code);
        Assert.Null(new UnregisterAgentRule([new AgentRemoval("bob") { Type = "agent" }]).Decide(draft)[0].Refusal);
        Assert.Equal("human", Assert.Single(draft.Agents).Type);
        Assert.Equal(RefusalCode.AgentHasTasks, new UnregisterAgentRule([new AgentRemoval("bob")]).Decide(draft)[0].Refusal?.Code);
    }

    [Theory]
    [InlineData("a", RefusalCode.NotPermitted)]
    [InlineData("A", RefusalCode.NotPermitted)]
    [InlineData("\u0430", RefusalCode.NotPermitted)]
    [InlineData("looker", null)]
    public void Nobody_approves_his_own_work_whoever_has_the_task_now(string approver, RefusalCode? code)
    {
        var state = Both(Scene.Task("T").OwnedBy("a"));
        state.Registered.AddRange(new[] { "a", "A", "\u0430", "looker" }.Select(name => new AgentProfile(name, "human")));
        var draft = Scene.Draft(state);
        var holder = new LeaseHolder("a") { Type = "agent" };
        Assert.Null(Assert.Single(new StartRule([new StartRequest("T", holder)], Processes,
            StringComparison.Ordinal).Decide(draft)).Refusal);
        Assert.Null(Assert.Single(new CompleteRule([new CompleteRequest("T", "a") { ForReview = true }]).Decide(draft)).Refusal);
        Assert.True(new AssignRule(new AssignmentRequest(["T"], "agent", "b") { Force = true }).Decide(draft).Success);
        Assert.Equal(code, Assert.Single(new CompleteRule([new CompleteRequest("T", approver) { Type = "human" }]).Decide(draft)).Code());
    }

    [Theory]
    [InlineData("claim", "BOB", RefusalCode.InvalidArgument)]
    [InlineData("assignment", "BOB", RefusalCode.InvalidArgument)]
    [InlineData("file", "BOB", RefusalCode.InvalidArgument)]
    [InlineData("file", "b\u043Eb", RefusalCode.InvalidArgument)]
    [InlineData("claim", "bob", null)]
    [InlineData("file", "bob", null)]
    [InlineData("file", "rob", null)]
    public void Nobody_is_registered_who_is_taken_for_one_that_works(string has, string name, RefusalCode? code) =>
        Assert.Equal(code, new RegisterAgentRule([new AgentProfile(name)]).Decide(Scene.Draft(BobHas(has)))[0].Refusal?.Code);

    [Theory]
    [InlineData("claim")]
    [InlineData("assignment")]
    [InlineData("file")]
    public void Whoever_has_something_goes_on_although_one_that_looks_like_him_came_later(string has)
    {
        var state = BobHas(has);
        state.Registered.Add(new AgentProfile("BOB"));
        state.Leased.Add(new FileLease("z", "BOB", LifeScene.Now, LifeScene.Now.AddHours(1)));
        var holder = new LeaseHolder("bob");
        Assert.NotNull(new RequestRule(new TaskRequest(holder), Processes, StringComparison.Ordinal).Decide(Scene.Draft(state)).Task);
        Assert.True(new LockFilesRule(new FileLeaseRequest(holder, ["y"]), Processes,
            StringComparison.Ordinal).Decide(Scene.Draft(state)).Success);
        Assert.True(new AssignRule(new AssignmentRequest(["Free"], null, "bob")).Decide(Scene.Draft(state)).Success);
    }

    private static MemoryState BobHas(string what)
    {
        var task = Scene.Task("T");
        var state = new MemoryState(what == "claim" ? task.StartedBy("bob") : what == "assignment" ? task.OwnedBy("bob") : task,
            Scene.Task("Free"));
        if (what == "file")
            state.Leased.Add(new FileLease("x", "bob", LifeScene.Now, LifeScene.Now.AddHours(1)));
        return state;
    }

    private static MemoryState Both(params AgentTask[] tasks)
    {
        var state = new MemoryState(tasks);
        state.Registered.AddRange([new AgentProfile("bob", MaxTasks: 3),
            new AgentProfile("bob", "human", MaxTasks: tasks.Any(task => task.Id == "U") ? 1 : 5)]);
        return state;
    }

    private static LeaseHolder Holder(IReadOnlyList<int> callers) => new("a") { Type = "agent", Callers = callers };

    private static FileLease Lease(string path, string? task = null) =>
        new(path, "a", LifeScene.Now, LifeScene.Now.AddHours(1), TaskId: task, Host: "h", Pid: Own, ProcessStart: "s");
}
