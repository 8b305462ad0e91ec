using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Rules;
using TaskLocking.Tests.Leases;
using TaskLocking.Tests.Tasks;
using Xunit;

namespace TaskLocking.Tests.Automation;

public sealed class PlaceTaskRuleTests
{
    [Fact]
    public void The_best_task_goes_to_the_agent_with_the_fewest_open_ones()
    {
        var draft = Draft(
            [Agent("b"), Agent("a"), Agent("c")],
            Scene.Task("done").OwnedBy("c").Having(facts => facts with { Status = AgentTaskStatus.Done }),
            Scene.Task("has").OwnedBy("a"),
            Scene.Task("review").OwnedBy("c").Having(facts => facts with { Status = AgentTaskStatus.Review }),
            Scene.Task("low").Having(facts => facts with { Priority = TaskPriority.Low }),
            Scene.Task("high").Having(facts => facts with { Priority = TaskPriority.High }),
            Scene.Task("critical").Having(facts => facts with { Priority = TaskPriority.Critical }));
        Assert.Equal("critical>b=1 high>c=1 low>a=2", Run(draft, new()));
        Assert.Equal(("agent", "b", Scene.Now, Scene.By),
            (draft.Find("critical")!.Assignee!.Type, draft.Find("critical")!.Assignee!.Name, draft.Find("critical")!.Assignee!.AssignedAt,
                draft.Find("critical")!.Assignee!.AssignedBy));
        Assert.Null(draft.Find("critical")!.Claim);
        Assert.Equal(AgentTaskStatus.Todo, draft.Find("critical")!.Status);
    }

    [Theory]
    [InlineData(5, 10, "1>a=1 2>b=1 3>a=2 4>b=2 5>a=3 6>b=3 7>a=4", "")]
    [InlineData(2, 10, "1>a=1 2>b=1 3>a=2 4>b=2", "5 6 7")]
    [InlineData(5, 3, "1>a=1 2>b=1 3>a=2", "4 5 6 7")]
    [InlineData(1, 1, "1>a=1", "2 3 4 5 6 7")]
    public void Limits_are_kept(int perAgent, int parallel, string assigned, string left)
    {
        var draft = Draft([Agent("a"), Agent("b")], Enumerable.Range(1, 7).Select(number => Scene.Task(number.ToString())).ToArray());
        Assert.Equal(assigned, Run(draft, new() { MaxPerAgent = perAgent, MaxParallel = parallel }, out var skipped));
        Assert.Equal(left, string.Join(' ', skipped.Select(skip => skip.TaskId)));
    }

    [Fact]
    public void An_agent_keeps_to_its_own_limit_and_what_it_has_counts()
    {
        var draft = Draft(
            [new AgentProfile("a", MaxTasks: 2), new AgentProfile("b", MaxTasks: 1)],
            Scene.Task("claimed").OwnedBy("a").Having(facts => facts with
            {
                Status = AgentTaskStatus.InProgress,
                Execution = Claimed("a")
            }),
            Scene.Task("blocked").OwnedBy("b").Having(facts => facts with { Status = AgentTaskStatus.Blocked }),
            Scene.Task("1"),
            Scene.Task("2"));
        Assert.Equal("1>a=2", Run(draft, new(), out var skipped));
        Assert.Equal(["2"], skipped.Select(skip => skip.TaskId));
    }

    [Fact]
    public void Only_ready_unassigned_background_tasks_are_given()
    {
        var draft = Draft(
            [Agent("a")],
            Scene.Task("interactive").Having(facts => facts with { Tags = ["Interactive"] }),
            Scene.Task("assigned").OwnedBy("kim", "human"),
            Scene.Task("waits", "free"),
            Scene.Task("review").Having(facts => facts with { Status = AgentTaskStatus.Review }),
            Scene.Task("early").Having(facts => facts with { Execution = new TaskExecution { NotBefore = Scene.Now.AddSeconds(1) } }),
            Scene.Task("due").Having(facts => facts with { Execution = new TaskExecution { NotBefore = Scene.Now } }),
            Scene.Task("free"));
        Assert.Equal("due>a=1 free>a=2", Run(draft, new(), out var skipped));
        Assert.Equal(["interactive"], skipped.Select(skip => skip.TaskId));
    }

    [Fact]
    public void Capabilities_allow_lists_and_files_are_respected_with_the_reason()
    {
        var draft = Draft(
            [new AgentProfile("a", Capabilities: ["gpu", "x"]), Agent("b"), new AgentProfile("kim", "human", Capabilities: ["eyes"])],
            Scene.Task("gpu").Having(facts => facts with { Requires = ["gpu"] }),
            Scene.Task("eyes").Having(facts => facts with { Requires = ["eyes"] }),
            Scene.Task("both").Having(facts => facts with { Requires = ["gpu", "tpu"] }),
            Scene.Task("for-b").Having(facts => facts with { Execution = new TaskExecution { AllowedAgents = ["b", "kim"] } }),
            Scene.Task("for-kim").Having(facts => facts with { Execution = new TaskExecution { AllowedAgents = ["kim"] } }),
            Scene.Task("files-of-b").Having(facts => facts with { Execution = new TaskExecution { Files = ["src/**"] } }),
            Scene.Task("files-of-c").Having(facts => facts with { Execution = new TaskExecution { Files = ["docs/x"] } }));
        draft.Put(FileScene.Lease("src/a.cs", "b"));
        draft.Put(FileScene.Lease("docs/**", "c"));
        draft.Put(FileScene.Lease("docs/x", "gone", minutes: -1));
        Assert.Equal("gpu>a=1 for-b>b=1 files-of-b>b=2", Run(draft, new(), out var skipped));
        Assert.Equal(["eyes", "both", "for-kim", "files-of-c"], skipped.Select(skip => skip.TaskId));
        Assert.Contains("tpu", skipped[1].Reason, StringComparison.Ordinal);
        Assert.Contains("docs/x", skipped[3].Reason, StringComparison.Ordinal);
        Assert.Equal(4, skipped.Select(skip => skip.Reason).Distinct().Count());
    }

    [Fact]
    public void A_pool_and_a_swarm_narrow_it()
    {
        var draft = Draft([Agent("a"), new AgentProfile("b", "host", "h")], Scene.Task("1"),
            Scene.Task("2").Having(facts => facts with { Swarm = "s" }));
        Assert.Equal("2>b=1", Run(draft, new() { Agents = ["b", "b"], Swarm = "s" }, out var skipped));
        Assert.Empty(skipped);
        Assert.Equal(("host", "h"), (draft.Find("2")!.Assignee!.Type, draft.Find("2")!.Assignee!.Hostname));
    }

    [Fact]
    public void What_could_not_be_had_before_is_passed_over()
    {
        var draft = Draft([Agent("a")], Scene.Task("1"), Scene.Task("2"));
        var placement = new PlaceTaskRule(new(), new Dictionary<string, string> { ["1"] = "held" }, FileScene.Unknown,
            StringComparison.Ordinal).Decide(draft);
        Assert.Equal("2", placement.Assigned!.TaskId);
    }

    [Fact]
    public void Without_an_agent_everything_is_skipped() => Assert.Equal("", Run(Draft([], Scene.Task("1")), new(), out _));

    [Theory]
    [InlineData(0, 10, null, RefusalCode.InvalidArgument)]
    [InlineData(1001, 10, null, RefusalCode.InvalidArgument)]
    [InlineData(5, 0, null, RefusalCode.InvalidArgument)]
    [InlineData(5, 10_001, null, RefusalCode.InvalidArgument)]
    [InlineData(5, 10, "nobody", RefusalCode.AgentNotFound)]
    [InlineData(5, 10, "kim", RefusalCode.InvalidArgument)]
    public void What_cannot_be_meant_is_refused(int perAgent, int parallel, string? agent, RefusalCode code)
    {
        var draft = Draft([Agent("a"), new AgentProfile("kim", "human")], Scene.Task("1"));
        var request = new AssignmentRunRequest { MaxPerAgent = perAgent, MaxParallel = parallel, Agents = agent is null ? [] : [agent] };
        Assert.Equal(code, Assert.Throws<TaskLockingException>(() => Run(draft, request)).Refusal.Code);
    }

    private static AgentProfile Agent(string name) => new(name);

    private static TaskExecution Claimed(string agent) =>
        new() { Claim = new TaskClaim(1, agent, Scene.Now, Scene.Now.AddHours(1), TimeSpan.FromHours(1)) };

    private static TaskDraft Draft(AgentProfile[] agents, params AgentTask[] tasks)
    {
        var state = new MemoryState(tasks);
        state.Registered.AddRange(agents);
        return Scene.Draft(state);
    }

    private static string Run(TaskDraft draft, AssignmentRunRequest request) => Run(draft, request, out _);

    private static string Run(TaskDraft draft, AssignmentRunRequest request, out IReadOnlyList<SkippedTask> skipped)
    {
        var rule = new PlaceTaskRule(request, new Dictionary<string, string>(), FileScene.Unknown, StringComparison.Ordinal);
        var assigned = new List<string>();
        Placement placement;
        while ((placement = rule.Decide(draft)).Assigned is { } each)
            assigned.Add($"{each.TaskId}>{each.Agent}={each.OpenTasks}");
        skipped = placement.Skipped;
        return string.Join(' ', assigned);
    }
}
