using System;
using System.Linq;
using System.Text.Json.Nodes;
using Xunit;

namespace TaskLocking.Tests.Server;

/// <summary>What was closed long ago is put away, found and brought back by the tools; who holds a resource is told.</summary>
public sealed class ArchiveToolTests : IDisposable
{
    private readonly BoardFolder _folder = new();

    public ArchiveToolTests()
    {
        _folder.Board.Define([new TaskDefinition("A") { Swarm = "s" }, new TaskDefinition("B"), new TaskDefinition("C")]);
        _folder.Board.Edit([.. new[] { "A", "B" }.Select(id => new TaskEdit(id) { Status = AgentTaskStatus.Done })]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Closed_tasks_are_archived_found_and_brought_back()
    {
        var preview = _folder.Ask("task_change", """{"action":"archive","older":"0","dry_run":true}""")["report"]!;
        Assert.Equal((true, "A B"), ((bool)preview["what_if"]!, Joined(preview["archived"]!)));
        Assert.Equal(3, _folder.Board.GetTasks().Count);

        // By default only what was closed a month ago.
        Assert.Equal("", Joined(_folder.Ask("task_change", """{"action":"archive"}""")["report"]!["archived"]!));
        var report = _folder.Ask("task_change", """{"action":"archive","older":"0","swarm":"s","agent":"ann"}""")["report"]!;
        Assert.Equal("A", Joined(report["archived"]!));
        Assert.Equal(["B", "C"], _folder.Board.GetTasks().Select(task => task.Id));
        var found = _folder.Ask("task_query", """{"action":"find","archived":true}""")["tasks"]!.AsArray();
        Assert.Equal("A", (string?)Assert.Single(found)!["id"]);
        Assert.True((bool)found[0]!["archived"]!);
        Assert.Equal("Done", (string?)_folder.Ask("task_query", """{"action":"get","task_id":"A"}""")["task"]!["status"]);
        Assert.NotEmpty(_folder.Ask("task_query", """{"action":"history","task_id":"A"}""")["history"]!.AsArray());

        var back = _folder.Ask("task_change", """{"action":"restore","task_id":"A","agent":"ann"}""");
        Assert.Equal("A", (string?)back["tasks"]![0]!["id"]);
        Assert.Null(back["tasks"]![0]!["archived"]);
        Assert.Equal(3, _folder.Board.GetTasks().Count);
        Assert.Empty(_folder.Ask("task_query", """{"action":"find","archived":true}""")["tasks"]!.AsArray());
        Assert.Equal("TaskNotFound", Code("task_change", """{"action":"restore","task_id":"none"}"""));
        Assert.Equal("InvalidArgument", Code("task_change", """{"action":"archive","older":"x"}"""));
        Assert.Equal("InvalidArgument", Code("task_change", """{"action":"archive","older":"0","request_id":"r"}"""));
        Assert.Equal("InvalidArgument", Code("task_change", """{"action":"restore","task_id":"B","request_id":"r"}"""));
    }

    [Fact]
    public void Who_holds_a_resource_is_told_and_nothing_else_can_be_done_to_it()
    {
        Assert.Empty(_folder.Ask("agent_query", """{"action":"resources"}""")["resources"]!.AsArray());
        using (_folder.Board.HoldResources([new ResourceLimit("gpu", 2)], [], new HoldOptions { Agent = "ann", Doing = "train" }))
        {
            var use = Assert.Single(_folder.Ask("agent_query", """{"action":"resources"}""")["resources"]!.AsArray())!;
            Assert.Equal(("gpu", 2, "ann", "train"),
                ((string?)use["resource"], (int)use["limit"]!, (string?)use["agent"], (string?)use["doing"]));
        }
        Assert.Empty(_folder.Ask("agent_query", """{"action":"resources"}""")["resources"]!.AsArray());
    }

    [Fact]
    public void The_last_nightly_run_stands_beside_the_progress()
    {
        Assert.Null(_folder.Ask("progress", """{"action":"show"}""")["last_nightly"]);
        _folder.Ask("task_assignee", """{"action":"auto_assign"}""");
        var last = _folder.Ask("progress", """{"action":"show"}""")["last_nightly"]!;
        Assert.Equal((0, 1), ((int)last["assigned"]!, (int)last["skipped"]!));
        Assert.Equal((string?)last["finished"], (string?)last["succeeded"]);
    }

    private string? Code(string tool, string arguments) => (string?)_folder.Ask(tool, arguments)["refusal"]?["code"];

    private static string Joined(JsonNode ids) => string.Join(' ', ids.AsArray().Select(id => (string?)id));
}
