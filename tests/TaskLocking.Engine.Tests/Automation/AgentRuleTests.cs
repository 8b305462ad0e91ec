using System;
using System.Linq;
using TaskLocking.Rules;
using TaskLocking.Tests.Leases;
using TaskLocking.Tests.Tasks;
using Xunit;

namespace TaskLocking.Tests.Automation;

public sealed class AgentRuleTests
{
    public static TheoryData<AgentProfile> Malformed =>
    [
        new AgentProfile(""),
        new AgentProfile(" a"),
        new AgentProfile("a\n"),
        new AgentProfile(new string('x', 101)),
        new AgentProfile("a", Type: "robot"),
        new AgentProfile("a", Type: null!),
        new AgentProfile("a", Host: "\0"),
        new AgentProfile("a", Capabilities: ["ok", " "]),
        new AgentProfile("a", Capabilities: Enumerable.Range(0, 101).Select(number => "c" + number).ToList()),
        new AgentProfile("a", MaxTasks: 0),
        new AgentProfile("a", MaxTasks: 1001),
    ];

    [Fact]
    public void An_agent_is_registered_as_given()
    {
        var draft = Draft();
        var outcome = Register(draft, new AgentProfile("n", Type: "Host", Host: "h", Capabilities: ["gpu", "dotnet", "gpu"], MaxTasks: 7));
        Assert.True(outcome.Changed);
        var agent = draft.FindAgent("n")!;
        Assert.Equal(("host", "h", 7, Scene.Now), (agent.Type, agent.Host, agent.MaxTasks, agent.Registered));
        Assert.Equal(["gpu", "dotnet"], agent.Capabilities);
        Assert.Equal(5, new AgentProfile("x").MaxTasks);
    }

    [Fact]
    public void What_is_given_replaces_and_since_when_stays()
    {
        var draft = Draft();
        var before = draft.FindAgent("a")!;
        Assert.False(Register(draft,
            new AgentProfile(before.Name, before.Type, before.Host, before.Capabilities, before.MaxTasks)).Changed);
        var outcome = Register(draft, new AgentProfile("a", MaxTasks: 2));
        Assert.True(outcome.Changed);
        Assert.Equal((2, before.Registered), (draft.FindAgent("a")!.MaxTasks, draft.FindAgent("a")!.Registered));
        Assert.Empty(draft.FindAgent("a")!.Capabilities);
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public void What_cannot_be_an_agent_is_refused_and_the_next_goes_on(AgentProfile agent)
    {
        var draft = Draft();
        var outcomes = new RegisterAgentRule([agent, new AgentProfile("fine")]).Decide(draft);
        Assert.Equal([RefusalCode.InvalidArgument, null], outcomes.Select(outcome => outcome.Refusal?.Code));
        Assert.Equal(["a", "fine"], draft.Agents.Select(known => known.Name));
    }

    [Theory]
    [InlineData("", RefusalCode.InvalidArgument)]
    [InlineData("A", RefusalCode.AgentNotFound)]
    [InlineData("a", RefusalCode.AgentHasTasks)]
    public void Unregistering_is_refused_with_the_reason(string name, RefusalCode code)
    {
        var draft = Draft();
        var refusal = Unregister(draft, name).Refusal!;
        Assert.Equal(code, refusal.Code);
        if (code == RefusalCode.AgentHasTasks)
            Assert.Equal(["claimed", "given"], refusal.Ids);
        Assert.NotNull(draft.FindAgent("a"));
    }

    [Fact]
    public void By_force_its_tasks_go_back_and_its_files_are_freed()
    {
        var draft = Draft();
        var outcome = Unregister(draft, "a", force: true);
        Assert.True(outcome is { Changed: true, Agent.Name: "a" });
        Assert.Null(draft.FindAgent("a"));
        Assert.All(new[] { draft.Find("claimed")!, draft.Find("given")! }, task =>
            Assert.Equal((AgentTaskStatus.Todo, null, null, null, 0),
                (task.Status, task.Assignee, task.Claim, task.StartedAt, task.Strikes)));
        Assert.Equal(["other"], draft.FileLeases.Select(lease => lease.Path));
        Assert.Equal("a", draft.Find("finished")!.Assignee!.Name);
        Assert.Equal("human:a", draft.Find("persons")!.Assignee!.ToString());
    }

    [Fact]
    public void An_agent_without_tasks_goes_at_once_with_its_files()
    {
        var draft = Draft();
        Register(draft, new AgentProfile("b"));
        Assert.Null(Unregister(draft, "b").Refusal);
        Assert.DoesNotContain(draft.FileLeases, lease => lease.Agent == "b");
    }

    private static TaskDraft Draft()
    {
        var state = new MemoryState(
            Scene.Task("free"),
            Scene.Task("claimed").OwnedBy("a").Having(facts => facts with { Status = AgentTaskStatus.InProgress }),
            Scene.Task("given").OwnedBy("a"),
            Scene.Task("finished").OwnedBy("a").Having(facts => facts with { Status = AgentTaskStatus.Done }),
            Scene.Task("persons").OwnedBy("a", "human"),
            Scene.Task("another").OwnedBy("b2"));
        state.Registered.Add(new AgentProfile("a", Capabilities: ["gpu"], Registered: Scene.Now.AddDays(-3)));
        state.Leased.AddRange([FileScene.Lease("x", "a"), FileScene.Lease("y", "a", task: "claimed"), FileScene.Lease("other", "b")]);
        var draft = Scene.Draft(state);
        var task = draft.Find("claimed")!;
        draft.Change(task).SetClaim(task,
            new TaskClaim(3, "a", Scene.Now, Scene.Now.AddHours(1), TimeSpan.FromHours(1))).SetStartedAt(task, Scene.Now).Apply();
        return draft;
    }

    private static AgentOutcome Register(TaskDraft draft, AgentProfile agent) =>
        Assert.Single(new RegisterAgentRule([agent]).Decide(draft));

    private static AgentOutcome Unregister(TaskDraft draft, string name, bool force = false) =>
        Assert.Single(new UnregisterAgentRule([new AgentRemoval(name, force)]).Decide(draft));
}
