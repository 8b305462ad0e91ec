using System;
using System.Linq;
using TaskLocking.Tests.Leases;
using TaskLocking.Tests.Tasks;
using Xunit;

namespace TaskLocking.Tests.Scheduling;

public sealed class ReadyQueueTests
{
    [Fact]
    public void The_queue_goes_by_priority_then_age_then_the_document()
    {
        var state = new MemoryState();
        foreach (var (id, priority, created) in new[] { ("e", "low", "01"), ("c", "high", null), ("d", "high", null), ("b", "high", "02"),
            ("a", "critical", "03") })
        {
            var day = created is null ? "null" : $"\"2026-01-{created}\"";
            state.Add(Scene.FromJson($$"""{"id":"{{id}}","priority":"{{priority}}","created":{{day}} }""", id));
        }
        Assert.Equal("a b c d e", ReadyScene.Ready(state));
        Assert.Equal("a b", ReadyScene.Ready(state, new ReadyQuery { First = 2 }));
        Assert.Equal("", ReadyScene.Ready(state, new ReadyQuery { First = 0 }));
    }

    [Fact]
    public void Ready_is_what_is_in_todo_with_everything_before_it_done_and_nobody_on_it()
    {
        var state = ReadyScene.State(
        [
            Scene.Task("done").Is(AgentTaskStatus.Done),
            Scene.Task("free"),
            Scene.Task("met", "done"),
            Scene.Task("unmet", "free"),
            Scene.Task("missing", "none"),
            Scene.Task("after-cancelled", "cancelled"),
            Scene.Task("cancelled").Is(AgentTaskStatus.Cancelled),
            Scene.Task("circle", "circle"),
            Scene.Task("later").With(execution => execution with { NotBefore = Scene.Now.AddSeconds(1) }),
            Scene.Task("now").With(execution => execution with { NotBefore = Scene.Now }),
            Scene.Task("claimed").ClaimedBy("x"),
            Scene.Task("kept").ClaimedBy("x", pid: 1, minutes: -5),
            Scene.Task("expired").ClaimedBy("x", minutes: 0),
            Scene.Task("orphan").ClaimedBy("x", pid: 2),
            Scene.Task("assigned").OwnedBy("x"),
            Scene.Task("working").Is(AgentTaskStatus.InProgress),
        ]);
        Assert.Equal("free met now expired orphan assigned", ReadyScene.Ready(state));
        Assert.Equal("free met now expired orphan", ReadyScene.Ready(state, new ReadyQuery { Agent = "y" }));
        Assert.Equal("free met now expired orphan assigned", ReadyScene.Ready(state, new ReadyQuery { Agent = "x" }));
    }

    [Fact]
    public void An_agent_gets_what_it_may_do_in_its_swarm_with_all_the_tags()
    {
        var state = ReadyScene.State(
            [
                Scene.Task("plain"),
                Scene.Task("both").Having(facts => facts with { Requires = ["dotnet", "gpu"] }),
                Scene.Task("one").Having(facts => facts with { Requires = ["dotnet"], Swarm = "s", Tags = ["t", "u"] }),
                Scene.Task("allowed").With(execution => execution with { AllowedAgents = ["b", "a"] }),
                Scene.Task("others").With(execution => execution with { AllowedAgents = ["b", "A"] }),
            ],
            new AgentProfile("a", Capabilities: ["dotnet"]));
        Assert.Equal("plain one allowed", ReadyScene.Ready(state, new ReadyQuery { Agent = "a" }));
        Assert.Equal("plain both one allowed", ReadyScene.Ready(state, new ReadyQuery { Agent = "a", Capabilities = ["gpu"] }));
        Assert.Equal("one", ReadyScene.Ready(state, new ReadyQuery { Swarm = "s" }));
        Assert.Equal("one", ReadyScene.Ready(state, new ReadyQuery { Tags = ["u", "t"] }));
        Assert.Equal("", ReadyScene.Ready(state, new ReadyQuery { Tags = ["u", "v"] }));
    }

    [Fact]
    public void A_full_agent_gets_nothing()
    {
        var state = ReadyScene.State([Scene.Task("mine").OwnedBy("a").Is(AgentTaskStatus.InProgress), Scene.Task("free")],
            new AgentProfile("a", MaxTasks: 1));
        Assert.Equal("", ReadyScene.Ready(state, new ReadyQuery { Agent = "a" }));
        Assert.Equal("free", ReadyScene.Ready(state, new ReadyQuery { Agent = "b" }));
    }

    [Fact]
    public void A_task_whose_files_somebody_else_has_is_passed_over()
    {
        var state = ReadyScene.State([Scene.Task("T").With(execution => execution with { Files = ["src/a.cs"] })], null,
            FileScene.Lease("src/**", "b"));
        Assert.Equal("", ReadyScene.Ready(state, new ReadyQuery { Agent = "a" }));
        Assert.Equal("T", ReadyScene.Ready(state, new ReadyQuery { Agent = "b" }));
    }

    [Fact]
    public void What_cannot_be_asked_is_refused()
    {
        var state = new MemoryState();
        Assert.Equal(RefusalCode.InvalidArgument,
            Assert.Throws<TaskLockingException>(() => ReadyScene.Ready(state, new ReadyQuery { First = -1 })).Refusal.Code);
        Assert.Equal(RefusalCode.InvalidArgument,
            Assert.Throws<TaskLockingException>(() => ReadyScene.Ready(state, new ReadyQuery { Agent = " " })).Refusal.Code);
        Assert.Equal(RefusalCode.TaskNotFound, Assert.Throws<TaskLockingException>(() => ReadyScene.Explain(state, "T")).Refusal.Code);
        Assert.Equal(RefusalCode.InvalidArgument, Assert.Throws<TaskLockingException>(() => ReadyScene.Explain(state, "")).Refusal.Code);
    }
}
