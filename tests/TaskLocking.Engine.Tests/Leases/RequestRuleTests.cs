using System;
using System.Linq;
using TaskLocking.Rules;
using TaskLocking.Tests.Tasks;
using Xunit;

namespace TaskLocking.Tests.Leases;

public sealed class RequestRuleTests
{
    private static readonly LeaseHolder A = new("a") { Host = "h", Pid = LifeScene.Living, ProcessStart = "s" };

    public static TheoryData<TaskRequest> Malformed =>
    [
        new TaskRequest(new LeaseHolder(null!)),
        new TaskRequest(A with { Pid = -1 }),
        new TaskRequest(A) { Ttl = TimeSpan.Zero },
        new TaskRequest(A) { Capabilities = [" "] },
        new TaskRequest(A) { OnOverlap = (FileOverlap)2 },
    ];

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_request_that_cannot_be_meant_is_refused(TaskRequest request) =>
        Assert.Equal(RefusalCode.InvalidArgument,
            Assert.Throws<TaskLockingException>(() => Next(Scene.Draft(Scene.Task("T")), request)).Refusal.Code);

    [Fact]
    public void The_claim_names_agent_process_and_time_and_its_number_is_the_commits()
    {
        var draft = Scene.Draft(Scene.Task("T"));
        var task = Next(draft, new TaskRequest(A) { Ttl = TimeSpan.FromMinutes(9) }).Task!;
        Assert.Equal(new TaskClaim(draft.Version, "a", LifeScene.Now, LifeScene.Now.AddMinutes(9), TimeSpan.FromMinutes(9), Host: "h",
            Pid: LifeScene.Living, ProcessStart: "s"), task.Claim);
        Assert.Equal((AgentTaskStatus.Todo, "agent:a", "h", Scene.By),
            (task.Status, task.Assignee!.ToString(), task.Assignee.Hostname, task.Assignee.AssignedBy));
        Assert.Same(task, draft.Find("T"));
    }

    [Fact]
    public void The_best_comes_first_and_each_once()
    {
        var draft = Scene.Draft(Scene.Task("low").Having(facts => facts with { Priority = TaskPriority.Low }), Scene.Task("waits", "low"),
            Scene.Task("high").Having(facts => facts with { Priority = TaskPriority.High }), Scene.Task("mid"));
        Assert.Equal(["high", "mid", "low", null], Enumerable.Range(0, 4).Select(_ => Next(draft, new TaskRequest(A)).Task?.Id));
    }

    [Theory]
    [InlineData("assigned to another", false)]
    [InlineData("assigned to it", true)]
    [InlineData("of a person of that name", false)]
    [InlineData("claimed", false)]
    [InlineData("early", false)]
    [InlineData("due", true)]
    [InlineData("lacking", false)]
    [InlineData("able", true)]
    [InlineData("able by registration", true)]
    [InlineData("for others", false)]
    [InlineData("for it", true)]
    [InlineData("file held", false)]
    [InlineData("file lapsed", true)]
    [InlineData("blocked", false)]
    [InlineData("unmet", false)]
    [InlineData("done", false)]
    public void A_task_is_taken_only_if_the_agent_may_have_it(string name, bool taken)
    {
        var task = Scene.Task("T");
        var state = new MemoryState(name switch
        {
            "assigned to another" => task.OwnedBy("b"),
            "assigned to it" => task.OwnedBy("a"),
            "of a person of that name" => task.OwnedBy("a", "human"),
            "claimed" => task.ClaimedBy("a"),
            "early" => task.Set(execution => execution with { NotBefore = LifeScene.Now.AddMilliseconds(1) }),
            "due" => task.Set(execution => execution with { NotBefore = LifeScene.Now }),
            "lacking" => task.Having(facts => facts with { Requires = ["none"] }),
            "able" => task.Having(facts => facts with { Requires = ["asked"] }),
            "able by registration" => task.Having(facts => facts with { Requires = ["known", "asked"] }),
            "for others" => task.Set(execution => execution with { AllowedAgents = ["b", "A"] }),
            "for it" => task.Set(execution => execution with { AllowedAgents = ["b", "a"] }),
            "file held" => task.Set(execution => execution with { Files = ["held"] }),
            "file lapsed" => task.Set(execution => execution with { Files = ["lapsed"] }),
            "blocked" => task.In(AgentTaskStatus.Blocked),
            "unmet" => task.Having(facts => facts with { Dependencies = ["none"] }),
            _ => task.In(AgentTaskStatus.Done),
        });
        state.Registered.Add(new AgentProfile("a", Capabilities: ["known"]));
        state.Leased.AddRange([LifeScene.FileOf("b", null, "held"), LifeScene.FileOf("b", null, "lapsed", -1)]);
        var answer = Next(Scene.Draft(state), new TaskRequest(A) { Capabilities = ["asked"] });
        Assert.Equal(taken, answer.Task is not null);
        Assert.Equal(taken, answer.Nothing is null);
    }

    [Fact]
    public void Swarm_and_tags_are_filters()
    {
        var draft = Scene.Draft(Scene.Task("T"), Scene.Task("U").Having(facts => facts with { Swarm = "s", Tags = ["x"] }),
            Scene.Task("V").Having(facts => facts with { Swarm = "s", Tags = ["x", "y"] }));
        Assert.Equal("V", Next(draft, new TaskRequest(A) { Swarm = "s", Tags = ["y", "x"] }).Task!.Id);
        Assert.Null(Next(draft, new TaskRequest(A) { Swarm = "S" }).Task);
        Assert.Null(Next(draft, new TaskRequest(A) { Tags = ["z"] }).Task);
    }

    [Theory]
    [InlineData(2, null)]
    [InlineData(3, "T")]
    public void An_agent_that_has_as_much_as_it_may_gets_nothing(int maxTasks, string? id)
    {
        var state = new MemoryState(Scene.Task("T"), Scene.Task("U").ClaimedBy("a"), Scene.Task("V").StartedBy("a"),
            Scene.Task("W").OwnedBy("a").In(AgentTaskStatus.Review), Scene.Task("X").StartedBy("b"));
        state.Registered.Add(new AgentProfile("a", MaxTasks: maxTasks));
        var answer = Next(Scene.Draft(state), new TaskRequest(A));
        Assert.Equal(id, answer.Task?.Id);
        Assert.Equal(id is null, answer.Nothing is not null);
    }

    [Fact]
    public void One_that_was_given_its_fill_can_take_what_it_was_given()
    {
        var state = new MemoryState(Scene.Task("T").OwnedBy("a"), Scene.Task("U").OwnedBy("a"));
        state.Registered.Add(new AgentProfile("a", MaxTasks: 1));
        Assert.Equal("T", Next(Scene.Draft(state), new TaskRequest(A)).Task!.Id);
    }

    [Fact]
    public void Files_come_with_the_claim_and_an_overlap_is_told_where_that_is_asked_for()
    {
        var state = new MemoryState(Scene.Task("T").Set(execution => execution with { Files = ["held", "free"] }),
            Scene.Task("U").Set(execution => execution with { Files = ["free"] }));
        state.Leased.Add(LifeScene.FileOf("b", null, "held"));
        Assert.Equal("U", Next(Scene.Draft(state), new TaskRequest(A)).Task!.Id);
        var draft = Scene.Draft(state);
        var answer = Next(draft, new TaskRequest(A) { OnOverlap = FileOverlap.Warn });
        Assert.Equal(("T", "held", "b"), (answer.Task!.Id, Assert.Single(answer.Overlaps).Path, answer.Overlaps[0].Lease.Agent));
        Assert.Equal([("a", "free", "T"), ("b", "held", null)], draft.FileLeases.Select(lease => (lease.Agent, lease.Path, lease.TaskId)));
    }

    [Fact]
    public void Asking_sets_right_what_lapsed_and_takes_it()
    {
        var draft = Scene.Draft(Scene.Task("T").StartedBy("b", 30, LifeScene.Gone));
        var task = Next(draft, new TaskRequest(A)).Task!;
        Assert.Equal(("T", "agent:a", 1, draft.Version), (task.Id, task.Assignee!.ToString(), task.Strikes, task.Claim!.Token));
    }

    [Fact]
    public void A_rule_that_runs_again_asks_only_about_new_processes()
    {
        var liveness = LifeScene.Liveness();
        var state = new MemoryState(Scene.Task("T").StartedBy("b", 30, LifeScene.Living),
            Scene.Task("U").StartedBy("c", 30, LifeScene.Living));
        var rule = new RequestRule(new TaskRequest(A), liveness, StringComparison.Ordinal);
        rule.Decide(Scene.Draft(state));
        rule.Decide(Scene.Draft(state));
        Assert.Equal(1, liveness.Questions);
        state.Add(Scene.Stored(Scene.Task("V").StartedBy("d", 30, LifeScene.Elsewhere)));
        rule.Decide(Scene.Draft(state));
        Assert.Equal(2, liveness.Questions);
    }

    private static TaskRequestAnswer Next(TaskDraft draft, TaskRequest request) =>
        new RequestRule(request, LifeScene.Liveness(), StringComparison.Ordinal).Decide(draft);
}
