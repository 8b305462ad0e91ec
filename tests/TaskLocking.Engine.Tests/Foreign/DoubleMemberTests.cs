using System;
using System.IO;
using System.Linq;
using TaskLocking.Tests.Storage;
using TaskLocking.Todo2;
using Xunit;

namespace TaskLocking.Tests.Foreign;

/// <summary>A member that one todo has twice: readers see the last, so that is what a verb must change, and nobody starts before.</summary>
public sealed class DoubleMemberTests : IDisposable
{
    private readonly TempWorkspace _workspace = new(inMemory: true);

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("status", """{"id":"X","status":"Todo","status":"Todo"}""")]
    [InlineData("status", """{"id":"X","status":"Todo","stat\u0075s":"Done"}""")]
    [InlineData("status", """{"id":"X","status":"Done","status":null}""")]
    [InlineData("state", """{"id":"X","state":"closed","state":"open"}""")]
    [InlineData("dependencies", """{"id":"X","dependencies":[],"dependencies":[]}""")]
    [InlineData("assignee", """{"id":"X","status":"Todo","assignee":null,"assignee":null}""")]
    [InlineData("assignees", """{"id":"X","assignees":[],"assignees":[]}""")]
    [InlineData("taskLocking", """{"id":"X","taskLocking":{"version":1},"taskLocking":{}}""")]
    [InlineData("id", """{"id":"X","id":"X"}""")]
    public void It_is_told_and_nothing_is_ready_by_it(string member, string todo)
    {
        Write(todo, """{"id":"W","dependencies":["X"]}""");
        using var board = _workspace.Open();
        Assert.Empty(board.GetReady());
        Assert.Null(board.Request(new TaskRequest(new LeaseHolder("w"))).Task);
        Assert.Contains(board.CheckGraph().NotUnderstood, found => found.Kind == TodoFindingKind.Twice && found.Field == member);
        Assert.Contains($"the member '{member}' is there twice", board.FindTask("X")!.NotUnderstood);
    }

    [Fact]
    public void A_member_that_decides_nothing_is_told_and_stops_nobody()
    {
        Write("""{"id":"X","name":"a","note":1,"name":"b","note":2}""");
        using var board = _workspace.Open();
        Assert.Equal("X", Assert.Single(board.GetReady()).Id);
        Assert.Equal(["name", "note"], board.CheckGraph().NotUnderstood.Select(found => found.Field));
    }

    [Theory]
    [InlineData("""{"id":"X","status":"Todo","assignee":null,"assignee":null}""")]
    [InlineData("""{"id":"X","assignee":"alice","status":"Todo","assigne\u0065":"bob"}""")]
    [InlineData("""{"id":"X","assignee":"bob","assignee":"alice","assignee":{"type":"agent","name":"alice"}}""")]
    public void Who_gets_it_is_what_every_reader_sees(string todo)
    {
        Write(todo);
        using var board = _workspace.Open(oneShot: true);
        var answer = board.Assign(new AssignmentRequest(["X"], "agent", "alice") { Force = true });
        Assert.True(Assert.Single(answer.Assigned).Changed);
        Assert.True(board.FindTask("X")!.IsUnderstood);
        using (var other = _workspace.Open())
            Assert.Equal("agent:alice", other.FindTask("X")!.Assignee?.ToString());
        board.Sync();
        Assert.Empty(board.CheckGraph().NotUnderstood);
        Assert.Single(JsonSlices.Properties(board.FindTask("X")!.Source!.Json), member => member.Name == "assignee");
        Assert.Null(board.Request(new TaskRequest(new LeaseHolder("bob"))).Task);
        Assert.Equal("X", board.Request(new TaskRequest(new LeaseHolder("alice"))).Task?.Id);
    }

    [Theory]
    [InlineData("""{"id":"X","status":"Todo","status":"Done"}""")]
    [InlineData("""{"id":"X","status":"Done","status":"Todo"}""")]
    [InlineData("""{"id":"X","status":"Done","status":"Done"}""")]
    public void A_status_that_is_set_is_the_only_one(string todo)
    {
        Write(todo, """{"id":"W","dependencies":["X"]}""");
        using var board = _workspace.Open(oneShot: true);
        Assert.Null(Assert.Single(board.Edit([new TaskEdit("X") { Status = AgentTaskStatus.Done }])).Refusal);
        Assert.Equal("W", Assert.Single(board.GetReady()).Id);
        board.Sync();
        Assert.Single(JsonSlices.Properties(board.FindTask("X")!.Source!.Json), member => member.Name == "status");
        using var other = _workspace.Open();
        Assert.Equal(AgentTaskStatus.Done, other.FindTask("X")!.Status);
        Assert.Equal("W", Assert.Single(other.GetReady()).Id);
    }

    [Fact]
    public void What_ours_says_twice_is_read_the_same_before_and_after_a_change()
    {
        Write("""{"id":"X","taskLocking":{"swarm":"a","swarm":"b","agent":"c"},"taskLocking":{"agent":"d"}}""");
        using var board = _workspace.Open(oneShot: true);
        Assert.Null(Assert.Single(board.Edit([new TaskEdit("X") { Name = "n" }])).Refusal);
        Assert.Equal("b d True", Told(board.FindTask("X")!));
        board.Sync();
        using var other = _workspace.Open();
        Assert.Equal("b d True", Told(other.FindTask("X")!));
        Assert.Empty(other.CheckGraph().NotUnderstood);

        static string Told(AgentTask task) => $"{task.Swarm} {task.Agent} {task.IsUnderstood}";
    }

    private void Write(params string[] todos)
    {
        Directory.CreateDirectory(_workspace.Store);
        File.WriteAllText(_workspace.Document, "{\"todos\":[" + string.Join(",", todos) + "]}");
    }
}
