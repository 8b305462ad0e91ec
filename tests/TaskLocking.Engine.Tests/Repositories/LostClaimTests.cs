using System;
using System.Linq;
using System.Text;
using TaskLocking.StoreContract;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Repositories;

/// <summary>What was claimed or begun on another branch comes without its claim: it is told, and comes back as from a dead
/// holder.</summary>
public sealed class LostClaimTests : IDisposable
{
    private readonly TempWorkspace _other = new(inMemory: true);
    private readonly TempWorkspace _here = new(inMemory: true);
    private readonly MovedClock _elsewhere = new();

    public void Dispose()
    {
        _other.Dispose();
        _here.Dispose();
    }

    [Theory]
    [InlineData("driver")]
    [InlineData("driver, known")]
    [InlineData("stripped")]
    [InlineData("into")]
    public void What_was_begun_elsewhere_is_told_and_given_back(string way)
    {
        using var board = Come(way, other =>
        {
            other.Assign(new AssignmentRequest(["T"], "agent", "a"));
            other.Start([new StartRequest("T", new LeaseHolder("a"))]);
        });
        Assert.Equal((AgentTaskStatus.InProgress, null), (board.FindTask("T")!.Status, board.FindTask("T")!.Claim));
        var stuck = Assert.Single(board.CheckGraph().Stuck);
        Assert.Contains("without the claim of a", stuck.ToString(), StringComparison.Ordinal);
        Assert.Equal("T", Assert.Single(board.GetProgress().Stuck).TaskId);
        Assert.Equal((MaintenanceKind.ClaimLost, "T"),
            board.RunAssignment(new AssignmentRunRequest()).Maintenance.Select(item => (item.Kind, item.Subject)).Single());
        var task = board.FindTask("T")!;
        Assert.Equal((AgentTaskStatus.Todo, null, 1), (task.Status, task.Assignee, task.Strikes));
        Assert.Equal("T", board.Request(new TaskRequest(new LeaseHolder("b"))).Task!.Id);
    }

    [Fact]
    public void The_next_request_gives_it_back_too()
    {
        using var board = Come("driver", other => other.Request(new TaskRequest(new LeaseHolder("a")), null) is { Task: { } task }
            ? other.Start([new StartRequest(task.Id, new LeaseHolder("a"))]) : null);
        Assert.Equal("T", board.Request(new TaskRequest(new LeaseHolder("b"))).Task!.Id);
    }

    [Fact]
    public void What_was_only_claimed_elsewhere_is_nobodys_after_upkeep_but_what_a_person_gave_stays()
    {
        using var board = Come("driver", other =>
        {
            other.Define([new TaskDefinition("given")]);
            other.Assign(new AssignmentRequest(["given"], "agent", "a"));
            _elsewhere.Move(TimeSpan.FromSeconds(1));
            _ = other.Request(new TaskRequest(new LeaseHolder("a")));
            _ = other.Request(new TaskRequest(new LeaseHolder("a")));
        });
        Assert.Equal("agent:a, agent:a", string.Join(", ", board.GetTasks().Select(task => task.Assignee)));
        board.RunAssignment(new AssignmentRunRequest());
        Assert.Null(board.FindTask("T")!.Assignee);
        Assert.Equal("a", board.FindTask("given")!.Assignee!.Name);
    }

    [Fact]
    public void What_is_in_progress_by_hand_or_under_a_living_claim_is_left_alone()
    {
        using var board = TaskBoard.Open(_here.Path);
        board.Define([new TaskDefinition("hand"), new TaskDefinition("again"), new TaskDefinition("held")]);
        board.Assign(new AssignmentRequest(["hand", "again", "held"], "agent", "a"));
        board.Start([new StartRequest("again", new LeaseHolder("a")), new StartRequest("held", new LeaseHolder("a"))]);
        board.Fail([new FailRequest("again", "a", "r")]);
        foreach (var id in new[] { "hand", "again" })
            Assert.Null(board.Edit([new TaskEdit(id) { Status = AgentTaskStatus.InProgress }])[0].Refusal);
        Assert.Empty(board.CheckGraph().Stuck);
        Assert.Empty(board.RunAssignment(new AssignmentRunRequest()).Maintenance);
        Assert.All(board.GetTasks(), task => Assert.Equal(AgentTaskStatus.InProgress, task.Status));
    }

    private TaskBoard Come(string way, Action<TaskBoard> act) => Come(way, other =>
    {
        act(other);
        return null;
    });

    private TaskBoard Come(string way, Func<TaskBoard, object?> act)
    {
        _elsewhere.Move(TimeSpan.FromSeconds(1));
        var start = Encoding.UTF8.GetBytes("""{"todos":[{"id":"T","name":"t","status":"Todo"}]}""");
        foreach (var place in new[] { _other, _here })
        {
            System.IO.Directory.CreateDirectory(place.In(".todo2"));
            if (place == _other || way == "driver, known")
                System.IO.File.WriteAllBytes(place.In(".todo2", "state.todo2.json"), start);
        }
        using (var other = TaskBoard.Open(_other.Path, new TaskBoardOptions { Clock = _elsewhere }))
        {
            act(other);
            other.Sync();
            if (way == "into")
                return Into(other);
        }
        var theirs = System.IO.File.ReadAllBytes(_other.In(".todo2", "state.todo2.json"));
        var board = TaskBoard.Open(_here.Path);
        if (way == "driver, known")
            board.Edit([new TaskEdit("T") { Priority = TaskPriority.High }]);
        System.IO.File.WriteAllBytes(_here.In(".todo2", "state.todo2.json"), way == "stripped" ? WithoutClaim(theirs)
            : DocumentMerge.Run(start, way == "driver, known" ? System.IO.File.ReadAllBytes(_here.In(".todo2", "state.todo2.json"))
                : start, theirs));
        board.Sync();
        return board;
    }

    // As a board has it that was merged from such a branch.
    private TaskBoard Into(TaskBoard other)
    {
        other.Sync();
        using (var middle = TaskBoard.Open(System.IO.Directory.CreateDirectory(_other.In("middle")).FullName))
        {
            System.IO.Directory.CreateDirectory(_other.In("middle", ".todo2"));
            System.IO.File.WriteAllBytes(_other.In("middle", ".todo2", "state.todo2.json"),
                WithoutClaim(System.IO.File.ReadAllBytes(_other.In(".todo2", "state.todo2.json"))));
            middle.Sync();
            var board = TaskBoard.Open(_here.Path);
            TaskLocking.BoardMerge.Run(middle, board);
            return board;
        }
    }

    private static byte[] WithoutClaim(byte[] document)
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(document)!.AsObject();
        json.Remove("taskLocking");
        foreach (var todo in json["todos"]!.AsArray())
            todo!.AsObject().Remove("taskLocking");
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }
}
