using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Foreign;

/// <summary>Several todos of one id, and todos without one: none is dropped, and the id counts as done when all are.</summary>
public sealed class DuplicateIdTests : IDisposable
{
    private const string Waiting = """{"id":"W","dependencies":["X"]}""";

    private readonly TempWorkspace _workspace = new(inMemory: true);

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("Done", "Done", "W")]
    [InlineData("Done", "Todo", "")]
    [InlineData("Todo", "Done", "X")]
    [InlineData("Done", "whatever", "")]
    [InlineData("Done", "Cancelled", "")]
    public void It_is_met_when_all_are_done(string first, string second, string ready)
    {
        Write(Todo("X", first), Todo("X", second), Waiting);
        using var board = _workspace.Open();
        Assert.Equal(ready, string.Join(" ", board.GetReady().Select(task => task.Id)));
        Assert.Equal(2, board.CheckGraph().NotUnderstood.Count(finding => finding.Kind == TodoFindingKind.Duplicate));
    }

    [Fact]
    public void An_agent_does_one_after_the_other_and_what_waits_comes_last()
    {
        Write(Todo("X", "Todo"), Todo("X", "Todo", "second"), Waiting, Todo("X", "Done", "third"));
        using var board = _workspace.Open(oneShot: true);
        Assert.Equal("X", Work(board));
        Assert.Null(board.Request(new TaskRequest(new LeaseHolder("w"))).Task);
        Assert.Contains("W waits for X, which is there 3 times, and not all are done",
            board.GetProgress().Stuck.Select(stuck => stuck.ToString()));
        Assert.Null(Assert.Single(board.Remove([new TaskRemoval("X") { Force = true }])).Refusal);
        Assert.Equal("second", board.FindTask("X")?.Name);
        using (var other = _workspace.Open())
            Assert.Equal("second", other.FindTask("X")?.Name);
        Assert.Equal("X", Work(board));
        Assert.Equal("W", Work(board));
        Assert.Empty(board.CheckGraph().Stuck);
        board.Sync();
        Assert.Equal(["X Done second", "W Done W", "X Done third"], Todos());
    }

    [Fact]
    public void What_is_done_about_the_others_in_the_document_counts()
    {
        Write(Todo("X", "Done"), Todo("X", "Todo", "second"), Waiting);
        using var board = _workspace.Open(oneShot: true);
        board.Sync();
        Assert.Empty(board.GetReady());
        Write(Todo("X", "Done"), Todo("X", "Done", "second"), Waiting);
        Assert.Equal("W", Assert.Single(board.GetReady()).Id);
        board.Sync();
        Assert.Equal(["X Done X", "X Done second", "W Todo W"], Todos());
        using var other = _workspace.Open();
        Assert.Equal("W", Assert.Single(other.GetReady()).Id);
    }

    [Fact]
    public void Another_that_comes_later_stays_in_the_document_and_counts()
    {
        Write(Todo("X", "Done"), Waiting);
        using var board = _workspace.Open(oneShot: true);
        board.Sync();
        Assert.Equal("W", Assert.Single(board.GetReady()).Id);
        Write(Todo("X", "Done"), Waiting, Todo("X", "Todo", "second"), """{"name":"no id"}""", "\"no todo\"");
        Assert.Empty(board.GetReady());
        board.Sync();
        Assert.Equal(["X Done X", "W Todo W", "X Todo second", " - no id", "no todo"], Todos());
        using var other = _workspace.Open();
        Assert.Empty(other.GetReady());
        Assert.Equal(["Duplicate:1", "Duplicate:3", "NoId:4", "NoTodo:5"],
            other.CheckGraph().NotUnderstood.Select(found => $"{found.Kind}:{found.Place}"));
        Assert.Empty(board.Sync().KeptAside);
    }

    [Fact]
    public void Who_does_not_have_our_mark_removes_none_of_them_and_who_has_it_may()
    {
        Write(Todo("X", "Done"), Todo("X", "Todo", "second"), """{"name":"no id"}""", Waiting);
        using var board = _workspace.Open(oneShot: true);
        board.Sync();
        var marked = File.ReadAllText(_workspace.Document);
        Write(Todo("X", "Done"), Waiting);
        board.Sync();
        Assert.Equal(["X Done X", "X Todo second", " - no id", "W Todo W"], Todos());
        marked = File.ReadAllText(_workspace.Document);
        File.WriteAllText(_workspace.Document, marked.Replace(Todo("X", "Todo", "second") + ",", "", StringComparison.Ordinal));
        board.Sync();
        Assert.Equal(["X Done X", " - no id", "W Todo W"], Todos());
        Assert.Equal("W", Assert.Single(board.GetReady()).Id);
        Assert.Contains("second", File.ReadAllText(Assert.Single(board.Sync().KeptAside)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_that_is_missing_blank_or_a_number_is_told_with_its_place()
    {
        Write("""{"name":"none"}""", """{"id":null}""", """{"id":""}""", """{"id":"  "}""", """{"id":{"x":1}}""",
            """{"id":7}""", """{"id":"7"}""", "[]", "3");
        using var board = _workspace.Open();
        Assert.Equal(["NoId:1", "NoId:2", "NoId:3", "NoId:4", "NoId:5", "Duplicate:6", "Duplicate:7", "NoTodo:8", "NoTodo:9"],
            board.CheckGraph().NotUnderstood.Select(found => $"{found.Kind}:{found.Place}"));
        Assert.Equal(["  ", "7"], board.GetTasks().Select(task => task.Id));
    }

    private static string Work(TaskBoard board)
    {
        var task = board.Request(new TaskRequest(new LeaseHolder("w"))).Task!;
        Assert.Null(Assert.Single(board.Start([new StartRequest(task.Id, new LeaseHolder("w"))])).Refusal);
        Assert.Null(Assert.Single(board.Complete([new CompleteRequest(task.Id, "w")])).Refusal);
        return task.Id;
    }

    private static string Todo(string id, string status, string? name = null) =>
        $$"""{"id":"{{id}}","status":"{{status}}","name":"{{name ?? id}}"}""";

    private void Write(params string[] todos)
    {
        Directory.CreateDirectory(_workspace.Store);
        File.WriteAllText(_workspace.Document, "{\"todos\":[" + string.Join(",", todos) + "]}");
    }

    private string[] Todos()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(_workspace.Document));
        return document.RootElement.GetProperty("todos").EnumerateArray()
            .Select(todo => todo.ValueKind == JsonValueKind.String ? todo.GetString()! : Told(todo)).ToArray();
    }

    // Where there is no id, nobody has written a status.
    private static string Told(JsonElement todo)
    {
        var id = Text(todo, "id", "");
        return $"{id} {Text(todo, "status", id.Length == 0 ? "-" : "Todo")} {Text(todo, "name", id)}";
    }

    private static string Text(JsonElement todo, string member, string otherwise) =>
        todo.TryGetProperty(member, out var value) ? value.GetString()! : otherwise;
}
