using System;
using System.Linq;
using TaskLocking.Ready;
using TaskLocking.Rules;
using TaskLocking.Tests.Leases;
using TaskLocking.Tests.Tasks;
using Xunit;

namespace TaskLocking.Tests.Scheduling;

/// <summary>What will never be done as things stand is told, with the reason, and nothing else is.</summary>
public sealed class StuckTests
{
    private static readonly AgentTask Waiting = Scene.Task("W", "X");

    [Theory]
    [InlineData(AgentTaskStatus.Cancelled, "W waits for X, which is Cancelled")]
    [InlineData(AgentTaskStatus.Failed, "W waits for X, which has failed")]
    [InlineData(AgentTaskStatus.Todo, "")]
    [InlineData(AgentTaskStatus.InProgress, "")]
    [InlineData(AgentTaskStatus.Review, "")]
    [InlineData(AgentTaskStatus.Blocked, "")]
    [InlineData(AgentTaskStatus.Done, "")]
    public void What_waits_for_what_will_not_come(AgentTaskStatus status, string stuck) =>
        Assert.Equal(stuck, Stuck(Scene.Task("X").Is(status), Waiting));

    [Fact]
    public void What_is_missing_or_has_a_status_that_nobody_understands_will_not_come_either()
    {
        Assert.Equal("W waits for X, which is no task", Stuck(Waiting));
        var strange = Scene.Task("X").Having(facts => facts with { Status = AgentTaskStatus.Unknown, StatusText = "Shipped" });
        Assert.Equal("W waits for X, whose status 'Shipped' nobody understands", Stuck(strange, Waiting));
    }

    [Theory]
    [InlineData(AgentTaskStatus.InProgress)]
    [InlineData(AgentTaskStatus.Done)]
    [InlineData(AgentTaskStatus.Cancelled)]
    [InlineData(AgentTaskStatus.Review)]
    public void What_has_begun_or_ended_waits_for_nothing(AgentTaskStatus status) => Assert.Equal("", Stuck(Waiting.Is(status)));

    [Fact]
    public void What_waits_for_what_waits_in_vain_is_told_too_in_document_order()
    {
        var stuck = Stuck(Scene.Task("Z", "Y"), Scene.Task("Y", "W", "free"), Waiting, Scene.Task("free"), Scene.Task("also", "free"));
        Assert.Equal("Z waits for Y, which waits in vain | Y waits for W, which waits in vain | W waits for X, which is no task", stuck);
    }

    [Fact]
    public void A_circle_and_what_waits_for_it()
    {
        var stuck = Stuck(Scene.Task("A", "B"), Scene.Task("B", "A"), Scene.Task("C", "B"));
        Assert.Equal("A waits for itself | B waits for itself | C waits for B, which waits in vain", stuck);
    }

    [Fact]
    public void A_person_who_is_none_of_the_agents()
    {
        var task = Scene.Task("T").OwnedBy("bob", "human");
        Assert.Equal("T is assigned to human:bob, who is none of the agents | U waits for T, which waits in vain",
            Stuck(task, Scene.Task("U", "T")));
        Assert.Equal("", Told(ReadyScene.State([task], new AgentProfile("bob", "human"))));
        Assert.Equal("", Stuck(task.Is(AgentTaskStatus.InProgress)));
    }

    // Where nobody is registered, any agent may come and ask; but what it would have to be able to do, nobody can as far as is known.
    [Fact]
    public void What_no_registered_agent_can_or_may_do()
    {
        var (needs, meant, owned) = (Scene.Task("needs"), Scene.Task("meant"), Scene.Task("owned").OwnedBy("eve"));
        needs = needs.Having(facts => facts with { Requires = ["dotnet", "gpu"] });
        meant = meant.With(execution => execution with { AllowedAgents = ["eve", "ivy"] });
        Assert.Equal("needs requires dotnet, which no registered agent has, and requires gpu, which no registered agent has",
            Stuck(needs, meant, owned));
        Assert.Equal("needs requires gpu, which no registered agent has | meant is for eve, ivy, of whom none is an agent | "
            + "owned is assigned to agent:eve, who is none of the agents",
            Told(ReadyScene.State([needs, meant, owned], new AgentProfile("ann", Capabilities: ["dotnet"]))));
        Assert.Equal("needs requires gpu, which no registered agent has",
            Told(ReadyScene.State([needs, meant, owned], new AgentProfile("eve", Capabilities: ["dotnet"]))));
        Assert.Equal("", Told(ReadyScene.State([needs], new AgentProfile("eve", Capabilities: ["gpu", "dotnet"]))));
        var works = Scene.Task("other").ClaimedBy("eve").Is(AgentTaskStatus.InProgress);
        Assert.Equal("needs requires gpu, which no registered agent has",
            Told(ReadyScene.State([needs, meant, owned, works], new AgentProfile("ann", Capabilities: ["dotnet"]))));
    }

    [Fact]
    public void Who_asks_for_work_and_gets_none_hears_of_it()
    {
        var answer = Ask(
        [
            Scene.Task("A").Is(AgentTaskStatus.Cancelled), Scene.Task("B", "A"), Scene.Task("C", "28"),
            Scene.Task("D").OwnedBy("bob", "human"), Scene.Task("E", "29"),
        ]);
        Assert.Null(answer.Task);
        Assert.StartsWith("4 tasks wait for what will not come: B waits for A, which is Cancelled; C waits for 28, which is no task; "
            + "E waits for 29, which is no task; 1 more.", answer.InVain, StringComparison.Ordinal);
        Assert.EndsWith(answer.InVain!, answer.Nothing, StringComparison.Ordinal);
        Assert.StartsWith("1 task waits for what will not come: C", Ask([Scene.Task("C", "28")]).InVain, StringComparison.Ordinal);
        Assert.Null(Ask([Scene.Task("A").Is(AgentTaskStatus.Blocked), Scene.Task("B", "A")]).InVain);
        Assert.Null(Ask([Scene.Task("C", "28"), Scene.Task("free")]).InVain);
        Assert.Null(Ask([]).InVain);
    }

    [Fact]
    public void Who_asks_for_work_hears_of_circles_too()
    {
        Assert.StartsWith("2 tasks wait for what will not come: A waits for itself; B waits for itself. ",
            Ask([Scene.Task("A", "B"), Scene.Task("B", "A"), Scene.Task("C", "B")]).InVain, StringComparison.Ordinal);
        Assert.StartsWith("2 tasks wait for what will not come: A waits for 28, which is no task; B waits for itself. ",
            Ask([Scene.Task("A", "B", "28"), Scene.Task("B", "A")]).InVain, StringComparison.Ordinal);
        Assert.Null(Ask([Scene.Task("A", "B"), Scene.Task("B", "A"), Scene.Task("free")]).InVain);
    }

    [Fact]
    public void Only_of_the_swarm_that_he_asks_for()
    {
        var (mine, other) = (Scene.Task("mine", "28"), Scene.Task("other", "28"));
        mine = mine.Having(facts => facts with { Swarm = "s" });
        Assert.StartsWith("1 task waits for what will not come: mine", Ask([mine, other], "s").InVain, StringComparison.Ordinal);
        Assert.Null(Ask([other], "s").InVain);
    }

    [Fact]
    public void Progress_of_a_swarm_tells_its_own()
    {
        var state = new MemoryState(Waiting.Having(facts => facts with { Swarm = "s" }), Scene.Task("V", "X"));
        Assert.Equal("W waits for X, which is no task", Assert.Single(Of("s").Stuck).ToString());
        Assert.Equal(2, Of(null).Stuck.Count);

        TaskProgress Of(string? swarm) => ProgressQuery.Of(state, swarm, Scene.Now, ReadyScene.OnlyPidOneLives);
    }

    private static TaskRequestAnswer Ask(AgentTask[] tasks, string? swarm = null) =>
        new RequestRule(new TaskRequest(new LeaseHolder("w")) { Swarm = swarm }, ReadyScene.OnlyPidOneLives, StringComparison.Ordinal)
            .Decide(Scene.Draft(tasks));

    private static string Stuck(params AgentTask[] tasks) => Told(new MemoryState(tasks));

    private static string Told(MemoryState state) => string.Join(" | ", StuckQuery.All(state, new TaskGraph(state.Tasks)));
}
