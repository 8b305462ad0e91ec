using System;
using System.IO;
using System.Linq;
using TaskLocking.Tests.Tasks;
using Xunit;

namespace TaskLocking.Tests.Foreign;

/// <summary>
/// Parents as other tools write them: read in every name, written back in the one that is there, never dropped, never a hang.
/// </summary>
public sealed class ForeignParentTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tasklock-parent-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("""{"parentId":"P"}""", "P")]
    [InlineData("""{"parent":"P"}""", "P")]
    [InlineData("""{"parent_id":"P"}""", "P")]
    [InlineData("""{"parentTaskId":"P"}""", "P")]
    [InlineData("""{"parent_task_id":"P"}""", "P")]
    [InlineData("""{"parent\u0049d":"P"}""", "P")]
    [InlineData("""{"parent":7}""", "7")]
    [InlineData("""{"parent":null,"parentId":"P"}""", "P")]
    [InlineData("""{"parent":"","parentId":"P","parent_id":"P"}""", "P")]
    [InlineData("""{"parent":" "}""", null)]
    [InlineData("""{"parent":null}""", null)]
    [InlineData("""{"taskLocking":{"parent":"P"}}""", null)]
    public void Parents_that_are_understood(string json, string? parent)
    {
        var task = Scene.FromJson(json);
        Assert.Equal((parent, null, true), (task.Parent, task.Foreign.Parent, task.IsUnderstood));
    }

    [Theory]
    [InlineData("""{"parent":{"id":"P"}}""", """{"id":"P"}""")]
    [InlineData("""{"parent":["P"]}""", """["P"]""")]
    [InlineData("""{"parent":true}""", "true")]
    [InlineData("""{"parent":"A","parentId":"B"}""", "A, B")]
    [InlineData("""{"parent":"A","parent":"B"}""", "A, B")]
    [InlineData("""{"parentId":"A","parent":{}}""", "A, {}")]
    public void What_is_not_understood_is_nobodys_child_and_keeps_from_nothing(string json, string unread)
    {
        var task = Scene.FromJson(json);
        Assert.Equal((null, unread, true), (task.Parent, task.Foreign.Parent, task.IsUnderstood));
    }

    [Theory]
    [InlineData("\"parent\":\"P\"", "parent")]
    [InlineData("\"parent_id\":\"P\"", "parent_id")]
    [InlineData("\"parentTaskId\":\"P\"", "parentTaskId")]
    [InlineData("\"parent\":{\"id\":\"P\"}", "parent")]
    [InlineData("\"x\":1", "parentId")]
    public void It_is_written_in_the_name_that_is_there(string member, string name)
    {
        using var board = Board($$"""{"id":"P"},{"id":"Q"},{"id":"C",{{member}},"z":[1.50]}""");
        Assert.True(board.Edit([new TaskEdit("C") { Parent = "Q" }])[0].Changed);
        var todo = board.FindTask("C")!.ToJson();
        Assert.Contains($"\"{name}\":\"Q\"", todo.Replace(": ", ":", StringComparison.Ordinal));
        Assert.Contains("1.50", todo);
        Assert.Equal((1, "C"), (board.FindTask("Q")!.Children!.Total, Assert.Single(board.GetTasks(new TaskQuery { Parent = "Q" })).Id));
        Assert.False(board.Edit([new TaskEdit("C") { Parent = "Q" }])[0].Changed);
        board.Edit([new TaskEdit("C") { Parent = "" }]);
        Assert.Null(board.FindTask("C")!.Parent);
        Assert.DoesNotContain("\"Q\"", board.FindTask("C")!.ToJson().Split("\"changes\"")[0]);
        using var again = TaskBoard.Open(_folder);
        Assert.Null(again.FindTask("C")!.Parent);
        Assert.Null(again.FindTask("Q")!.Children);
    }

    [Fact]
    public void Two_names_become_one()
    {
        using var board = Board("""{"id":"P"},{"id":"C","parent":"A","parentId":"B"}""");
        var finding = Assert.Single(board.CheckGraph().NotUnderstood);
        Assert.Equal((TodoFindingKind.Parent, "C", true), (finding.Kind, finding.TaskId, finding.IsError));
        Assert.Contains("A, B", finding.Message);
        Assert.Equal(["P", "C"], board.GetReady().Select(task => task.Id));
        board.Edit([new TaskEdit("C") { Parent = "P" }]);
        Assert.Equal("P", board.FindTask("C")!.Parent);
        Assert.True(board.CheckGraph().IsHealthy);
        using var again = TaskBoard.Open(_folder);
        Assert.Equal("P", again.FindTask("C")!.Parent);
    }

    [Fact]
    public void A_parent_that_nobody_has_is_told_and_binds_as_soon_as_it_is_there()
    {
        using var board = Board("""{"id":"C","parent":"P"},{"id":"E","parent":5,"status":"Done"}""");
        Assert.Equal([("C", "P"), ("E", "5")], board.CheckGraph().ParentMissing.Select(each => (each.TaskId, each.Missing)));
        Assert.False(board.CheckGraph().IsHealthy);
        Assert.Equal(["C"], board.GetReady().Select(task => task.Id));
        board.Define([new TaskDefinition("P")]);
        Assert.Equal(["C"], board.GetReady().Select(task => task.Id));
        board.Edit([new TaskEdit("C") { Status = AgentTaskStatus.Done }]);
        Assert.Equal(AgentTaskStatus.Done, board.FindTask("P")!.Status);
    }

    [Fact]
    public void Circles_of_a_document_are_told_and_count_as_not_met()
    {
        using var board = Board("""
            {"id":"S","parent":"S"},{"id":"A","parent":"B"},{"id":"B","parent":"A"},
            {"id":"P"},{"id":"C","parent":"P","dependencies":["D"]},{"id":"D","dependencies":["P"]},{"id":"F"}
            """);
        var circles = board.CheckGraph().Cycles.Select(circle => string.Join('>', circle.Order()));
        Assert.Equal(["S", "A>B", "C>D>P"], circles);
        Assert.Equal(["F"], board.GetReady().Select(task => task.Id));
        foreach (var id in new[] { "S", "A", "P", "C", "D" })
            Assert.Contains(board.Explain(id).Reasons, reason => reason.Code == ReadinessCode.DependencyCycle);
        Assert.Equal(1, board.GetProgressBelow("A").Total);
        Assert.Equal(0, board.GetProgressBelow("S").Total);
        Assert.Equal("F", board.Request(new TaskRequest(new LeaseHolder("a"))).Task!.Id);
        Assert.Null(board.Request(new TaskRequest(new LeaseHolder("a"))).Task);
        // A person takes them apart.
        board.Edit([new TaskEdit("S") { Parent = "" }, new TaskEdit("A") { Parent = "" }]);
        board.RemoveDependencies([new DependencyEdit("D", ["P"])]);
        Assert.Empty(board.CheckGraph().Cycles);
        board.Edit([new TaskEdit("B") { Status = AgentTaskStatus.Done }]);
        Assert.Equal(AgentTaskStatus.Done, board.FindTask("A")!.Status);
    }

    [Fact]
    public void A_chain_deeper_than_can_be_made_works_and_closes_to_the_top()
    {
        var todos = Enumerable.Range(1, 2_999).Select(level => $$"""{"id":"L{{level}}","parent":"L{{level - 1}}"}""");
        using var board = Board(string.Join(",", todos.Prepend("""{"id":"L0"}""")));
        Assert.Equal(["L2999"], board.GetReady().Select(task => task.Id));
        Assert.Equal(RefusalCode.InvalidArgument, board.Define([new TaskDefinition("N") { Parent = "L2999" }])[0].Refusal!.Code);
        Assert.Equal(2_999, board.GetProgressBelow("L0").Total);
        board.Edit([new TaskEdit("L2999") { Status = AgentTaskStatus.Done }]);
        Assert.All(board.GetTasks(), task => Assert.Equal(AgentTaskStatus.Done, task.Status));
        Assert.Single(board.GetTasks().Select(task => task.Version).Distinct());
    }

    [Fact]
    public void A_child_that_another_tool_closes_closes_its_parent_at_the_next_upkeep_and_what_was_opened_again_stays()
    {
        using var board = Board("""{"id":"P"},{"id":"C","parent":"P","status":"Done","completedAt":"2026-01-01T10:00:00Z"}""");
        Assert.Equal(["P"], board.GetReady().Select(task => task.Id));
        var run = board.RunAssignment(new AssignmentRunRequest());
        Assert.Contains(run.Maintenance, item => item is { Kind: MaintenanceKind.Settled, Subject: "P" });
        Assert.Equal(AgentTaskStatus.Done, board.FindTask("P")!.Status);
        board.Restart([new RestartRequest("P") { Force = true }]);
        board.RunAssignment(new AssignmentRunRequest());
        Assert.Equal(AgentTaskStatus.Todo, board.FindTask("P")!.Status);
    }

    [Fact]
    public void A_process_of_one_call_finds_a_parent_under_a_name_with_escapes()
    {
        using (Board("""{"id":"P","assignee":{"type":"agent","name":"a"}},{"id":"C","\u0070arentId":"P"}"""))
        {
        }
        using var board = TaskBoard.Open(_folder, new TaskBoardOptions { OneShot = true });
        Assert.Equal(RefusalCode.TaskNotReady, board.Start([new StartRequest("P", new LeaseHolder("a"))])[0].Refusal?.Code);
    }

    private TaskBoard Board(string todos)
    {
        Directory.CreateDirectory(Path.Combine(_folder, ".todo2"));
        File.WriteAllText(Path.Combine(_folder, ".todo2", "state.todo2.json"), $$"""{"todos":[{{todos}}]}""");
        return TaskBoard.Open(_folder);
    }
}
