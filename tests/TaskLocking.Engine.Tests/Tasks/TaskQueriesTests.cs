using System;
using System.Linq;
using TaskLocking.Board;
using TaskLocking.Rules;
using Xunit;

namespace TaskLocking.Tests.Tasks;

public sealed class TaskQueriesTests
{
    private static readonly MemoryState State = new(
        Scene.Task("1").Having(facts => facts with { Tags = ["x", "y"], Swarm = "s" }),
        Scene.Task("2").OwnedBy("a").Having(facts => facts with { Status = AgentTaskStatus.InProgress, Tags = ["x"] }),
        Scene.Task("3").OwnedBy("a", "human").Having(facts => facts with { Status = AgentTaskStatus.Done, Swarm = "s" }),
        Scene.Task("4").OwnedBy("b").Having(facts => facts with { Status = AgentTaskStatus.Blocked }),
        Scene.Task("5").OwnedBy("b").Having(facts => facts with { Status = AgentTaskStatus.Failed }),
        Scene.Task("6").OwnedBy("b").Having(facts => facts with { Status = AgentTaskStatus.Unknown, StatusText = "someday" }),
        Scene.Task("7").OwnedBy("c", "host").Having(facts => facts with { Status = AgentTaskStatus.Cancelled }));

    public static TheoryData<TaskQuery?, string> Queries => new()
    {
        { null, "1234567" },
        { new TaskQuery(), "1234567" },
        { new TaskQuery { Statuses = [AgentTaskStatus.Done, AgentTaskStatus.Todo] }, "13" },
        { new TaskQuery { Assignee = "a" }, "23" },
        { new TaskQuery { Assignee = "human:a" }, "3" },
        { new TaskQuery { Assignee = "A" }, "" },
        { new TaskQuery { IsAssigned = false }, "1" },
        { new TaskQuery { IsAssigned = true }, "234567" },
        { new TaskQuery { Swarm = "s" }, "13" },
        { new TaskQuery { Tags = ["x"] }, "12" },
        { new TaskQuery { Tags = ["y", "x"] }, "1" },
        { new TaskQuery { Tags = ["X"] }, "" },
        { new TaskQuery { Swarm = "s", Statuses = [AgentTaskStatus.Done], IsAssigned = true, Assignee = "a" }, "3" },
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public void Conditions_add_up_and_the_documents_order_stays(TaskQuery? query, string ids) =>
        Assert.Equal(ids, string.Concat(TaskQueries.Select(State, query).Select(task => task.Id)));

    [Fact]
    public void Workload_counts_what_is_open_most_first_then_by_name() => Assert.Equal(
        [
            new AssigneeWorkload("agent", "b", 2, 0, 3),
            new AssigneeWorkload("agent", "a", 1, 1, 1),
            new AssigneeWorkload("human", "a", 0, 0, 1),
            new AssigneeWorkload("host", "c", 0, 0, 1),
        ],
        TaskQueries.Workload(State));

    [Fact]
    public void Nobody_has_work_in_an_empty_state() => Assert.Empty(TaskQueries.Workload(new MemoryState()));

    [Fact]
    public void History_tells_what_the_verbs_did_and_who()
    {
        var draft = Scene.Draft();
        new DefineRule([new TaskDefinition("T")]).Decide(draft);
        new AssignRule(new AssignmentRequest(["T"], "agent", "a")).Decide(draft);
        new EditRule([new TaskEdit("T") { Status = AgentTaskStatus.InProgress, Tags = ["x", "y"] }]).Decide(draft);
        new AssignRule(new AssignmentRequest(["T"], "agent", "a")).Decide(draft);
        new UnassignRule(new UnassignmentRequest(["T"]) { From = "a" }).Decide(draft);
        Assert.Equal(
            [
                ("status", null, "Todo"),
                ("assignee", null, "agent:a"),
                ("status", "Todo", "In Progress"),
                ("tags", "", "x, y"),
                ("assignee", "agent:a", null),
            ],
            TaskQueries.History(draft, "T").Select(entry => (entry.Field, entry.OldValue, entry.NewValue)));
        Assert.All(TaskQueries.History(draft, "T"),
            entry => Assert.Equal(("T", Scene.Now, Scene.By), (entry.TaskId, entry.Timestamp, entry.By)));
    }

    [Theory]
    [InlineData("none", RefusalCode.TaskNotFound)]
    [InlineData("", RefusalCode.InvalidArgument)]
    public void History_of_no_task_is_refused(string id, RefusalCode code) =>
        Assert.Equal(code, Assert.Throws<TaskLockingException>(() => TaskQueries.History(State, id)).Refusal.Code);
}
