using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using TaskLocking.Server;
using Xunit;

namespace TaskLocking.Tests.Server;

/// <summary>What tools answer: as their schema says, in the words of the origin, bounded, and plain whatever stands in tasks.</summary>
public sealed class AnswerTests : IDisposable
{
    private readonly BoardFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Each action once with success and once refused, where it can be.
    public static TheoryData<string, string> Calls { get; } = new()
    {
        { "task_assignee", """{"action":"assign","task_id":"A","assignee_name":"ann"}""" },
        { "task_assignee", """{"action":"assign","task_id":"T","assignee_name":"ann"}""" },
        { "task_assignee", """{"action":"unassign","task_id":"T","assignee_name":"bob"}""" },
        { "task_assignee", """{"action":"list","limit":1}""" },
        { "task_assignee", """{"action":"workload"}""" },
        { "task_assignee", """{"action":"bulk_assign","task_ids":["A","T"],"assignee_name":"ann"}""" },
        { "task_assignee", """{"action":"bulk_assign","task_ids":["A","T"],"assignee_name":"ann","skip_conflict":true}""" },
        { "task_assignee", """{"action":"auto_assign","dry_run":true}""" },
        { "task_query", """{"action":"get","task_id":"A","detail":"full"}""" },
        { "task_query", """{"action":"get","task_id":"none"}""" },
        { "task_query", """{"action":"find","statuses":["todo"],"limit":1}""" },
        { "task_query", """{"action":"find","archived":true}""" },
        { "task_query", """{"action":"find","parent":"A"}""" },
        { "task_query", """{"action":"ready"}""" },
        { "task_query", """{"action":"why","task_id":"T","agent":"ann"}""" },
        { "task_query", """{"action":"history","task_id":"T"}""" },
        { "task_change", """{"action":"define","tasks":[{"id":"N","tags":["a"],"max_attempt":2},{"id":"A"}]}""" },
        { "task_change", """{"action":"define","tasks":[{"id":"N","parent":"T"},{"id":"M","parent":"none"}]}""" },
        { "task_change", """{"action":"edit","tasks":[{"id":"A","parent":"T"}]}""" },
        { "task_change", """{"action":"edit","tasks":[{"id":"A","priority":"high","status":"review","if_version":1}]}""" },
        { "task_change", """{"action":"remove","task_id":"A","confirm":"A"}""" },
        { "task_change", """{"action":"remove","task_id":"A"}""" },
        { "task_change", """{"action":"add_dependencies","task_id":"A","depends_on":["T"]}""" },
        { "task_change", """{"action":"remove_dependencies","task_id":"A","depends_on":["T"]}""" },
        { "task_change", """{"action":"archive","older":"0"}""" },
        { "task_change", """{"action":"archive","older":"-1"}""" },
        { "task_change", """{"action":"restore","task_id":"A"}""" },
        { "task_change", """{"action":"restore","task_id":"none"}""" },
        { "claim", """{"action":"next","agent":"ann","start":true}""" },
        { "claim", """{"action":"next","agent":"ann","swarm":"none"}""" },
        { "claim", """{"action":"complete","agent":"ann","task_id":"A","token":1}""" },
        { "claim", """{"action":"retry","task_id":"A"}""" },
        { "file_query", """{"action":"list"}""" },
        { "file_query", """{"action":"test","paths":["a.txt"],"agent":"ann"}""" },
        { "file_lease", """{"action":"lock","paths":["a.txt"],"agent":"ann"}""" },
        { "file_lease", """{"action":"lock","paths":["held.txt"],"agent":"ann"}""" },
        { "file_lease", """{"action":"unlock","agent":"bob"}""" },
        { "agent_query", """{"action":"list"}""" },
        { "agent_query", """{"action":"work"}""" },
        { "agent_query", """{"action":"resources"}""" },
        { "agent_change", """{"action":"register","name":"ann","capabilities":["x"]}""" },
        { "agent_change", """{"action":"unregister","name":"none"}""" },
        { "topic_create", """{"action":"create","names":["Auth flow"]}""" },
        { "topic_create", """{"action":"artifact","number":1,"kind":"plans"}""" },
        { "topic_query", """{"action":"list"}""" },
        { "topic_query", """{"action":"check"}""" },
        { "progress", """{"action":"show"}""" },
        { "graph", """{"action":"check"}""" },
        { "graph", """{"action":"burn"}""" },
        { "events", """{"action":"list"}""" },
        { "events", """{"action":"list","after":0,"limit":2}""" },
        { "events", """{"action":"list","after":0,"detail":"concise"}""" },
        { "events", """{"action":"list","after":999999}""" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void Each_is_as_its_schema_says(string tool, string arguments)
    {
        _folder.Define("A", "T");
        _folder.Board.Assign(new AssignmentRequest(["T"], "agent", "bob"));
        _folder.Board.LockFiles(new FileLeaseRequest(new LeaseHolder("bob"), ["held.txt"]));
        var answer = _folder.Call(tool, arguments);
        var schema = JsonSchema.FromText(ToolSchema.Output(ToolTable.All.Single(each => each.Name == tool)).ToJsonString());
        using var document = JsonDocument.Parse(answer.Json);
        var verdict = schema.Evaluate(document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        Assert.True(verdict.IsValid, Encoding.UTF8.GetString(answer.Json) + "\n" + JsonSerializer.Serialize(verdict));
        Assert.Equal(answer.Refusal is not null, document.RootElement.TryGetProperty("refusal", out var refusal)
            && !document.RootElement.GetProperty("success").GetBoolean()
            && (!document.RootElement.TryGetProperty("tasks", out var done) || done.GetArrayLength() == 0));
        if (answer.Refusal is not null)
            Assert.False(string.IsNullOrEmpty(refusal.GetProperty("next").GetString()));
    }

    [Fact]
    public void Every_action_is_among_these_calls() => Assert.Empty(ToolTable.All.SelectMany(tool => tool.Actions.Select(action =>
            $"{tool.Name} {action.Name}"))
        .Except(Calls.Select(call => $"{call.Data.Item1} {JsonNode.Parse(call.Data.Item2)!["action"]}"))
        .Except(["claim start", "claim fail", "claim renew", "claim release", "claim reject"])); // In ClaimToolTests.

    [Fact]
    public void An_assignment_is_refused_in_the_words_of_the_origin()
    {
        _folder.Define("T");
        Assert.True((bool)_folder.Ask("task_assignee", """{"action":"assign","task_id":"T","assignee_name":"bob"}""")["success"]!);
        var refused = _folder.Ask("task_assignee", """{"action":"assign","task_id":"T","assignee_name":"ann"}""");
        Assert.Equal("Task already assigned to agent:bob", (string?)refused["reason"]);
        Assert.False((bool)refused["assigned"]!);
        Assert.Equal("bob", (string?)refused["existing_assignee"]!["name"]);
        Assert.Equal("Task X not found",
            (string?)_folder.Ask("task_assignee", """{"action":"assign","task_id":"X","assignee_name":"ann"}""")["reason"]);
    }

    [Fact]
    public void A_batch_with_one_conflict_changes_nothing()
    {
        _folder.Define("A", "T");
        _folder.Board.Assign(new AssignmentRequest(["T"], "agent", "bob"));
        var answer = _folder.Call("task_assignee", """{"action":"bulk_assign","task_ids":["A","T"],"assignee_name":"ann"}""");
        Assert.Equal(RefusalCode.TaskAlreadyAssigned, answer.Refusal!.Code);
        Assert.Null(_folder.Board.FindTask("A")!.Assignee);
    }

    [Fact]
    public void Somebody_elses_task_is_taken_only_by_naming_it_twice()
    {
        _folder.Define("T");
        _folder.Board.Assign(new AssignmentRequest(["T"], "agent", "bob"));
        const string Ask = """{"action":"unassign","task_id":"T","assignee_name":"ann"CONFIRM}""";
        Assert.NotNull(_folder.Call("task_assignee", Ask.Replace("CONFIRM", "")).Refusal);
        Assert.NotNull(_folder.Call("task_assignee", Ask.Replace("CONFIRM", ",\"confirm\":\"t\"")).Refusal);
        Assert.Equal("bob", _folder.Board.FindTask("T")!.Assignee!.Name);
        Assert.Null(_folder.Call("task_assignee", Ask.Replace("CONFIRM", ",\"confirm\":\"T\"")).Refusal);
        Assert.Null(_folder.Board.FindTask("T")!.Assignee);
    }

    [Fact]
    public void Pages_have_each_task_once_although_others_add_and_remove()
    {
        _folder.Define([.. Enumerable.Range(0, 25).Select(number => $"T-{number:00}")]);
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = _folder.Ask("task_query", cursor is null ? """{"action":"find","limit":10}"""
                : $$"""{"action":"find","limit":10,"cursor":"{{cursor}}"}""");
            seen.AddRange(page["tasks"]!.AsArray().Select(task => (string)task!["id"]!));
            cursor = (string?)page["next_cursor"];
            if (seen.Count == 10)
            {
                _folder.Board.Remove([new TaskRemoval("T-00")]);
                _folder.Define("T-25");
            }
        }
        while (cursor is not null);
        Assert.Equal(Enumerable.Range(0, 26).Select(number => $"T-{number:00}"), seen);
    }

    [Fact]
    public void A_cursor_that_leads_nowhere_is_refused() =>
        Assert.Equal(RefusalCode.InvalidArgument, _folder.Call("task_query", """{"action":"find","cursor":"zz"}""").Refusal!.Code);

    [Fact]
    public void No_answer_is_longer_than_a_model_can_take()
    {
        var text = new string('x', 9_000);
        _folder.Board.Define([.. Enumerable.Range(0, 60).Select(number => new TaskDefinition($"T-{number}") { Content = text })]);
        var page = _folder.Call("task_query", """{"action":"find","detail":"full","limit":100}""");
        Assert.InRange(page.Json.Length, 1, AnswerRoom.MostBytes);
        var answer = JsonNode.Parse(page.Json)!;
        Assert.True((bool)answer["truncated"]!);
        Assert.NotNull((string?)answer["next_cursor"]);
        _folder.Board.Define([.. Enumerable.Range(0, 2_000).Select(number =>
            new TaskDefinition($"long-name-of-a-task-{number:0000}") { Dependencies = ["nowhere"] })]);
        var graph = _folder.Call("graph", """{"action":"check"}""");
        Assert.InRange(graph.Json.Length, 1, AnswerRoom.MostBytes);
        Assert.True((bool)JsonNode.Parse(graph.Json)!["truncated"]!);
    }

    [Fact]
    public void What_stands_in_tasks_is_plain_text()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, ".todo2"));
        File.WriteAllText(Path.Combine(_folder.Path, ".todo2", "state.todo2.json"),
            """{"todos":[{"id":"T","name":"a\u001b[2Jb\u202ec\u0007","status":"Todo","content":"x\ud800\ny"}]}""");
        foreach (var detail in new[] { "concise", "full" })
        {
            var task = _folder.Ask("task_query", $$"""{"action":"get","task_id":"T","detail":"{{detail}}"}""")["task"]!;
            Assert.Equal(@"a\u001b[2Jb\u202ec\u0007", (string?)task["name"]);
        }
    }

    [Fact]
    public void Half_a_character_in_a_document_is_told_as_its_escape()
    {
        const string Json = """{"a":"x\ud800y","b":"\\ud800","c":"\ud83d\ude00"}""";
        var plain = JsonNode.Parse(PlainJson.Of(Encoding.UTF8.GetBytes(Json)))!;
        Assert.Equal(@"x\ud800y", (string?)plain["a"]);
        Assert.Equal(@"\ud800", (string?)plain["b"]);
        Assert.Equal("😀", (string?)plain["c"]);
    }

    [Theory]
    [InlineData("""{"action":"get","task_id":7}""")]
    [InlineData("""{"action":"get"}""")]
    [InlineData("""{"action":"find","limit":0}""")]
    [InlineData("""{"action":"find","limit":101}""")]
    [InlineData("""{"action":"find","colour":"red"}""")]
    [InlineData("""{"action":"find","statuses":["open"]}""")]
    [InlineData("""{"action":"find","tags":"a"}""")]
    [InlineData("""{}""")]
    public void Wrong_arguments_are_a_refusal_with_a_sentence(string arguments) =>
        Assert.Equal(RefusalCode.InvalidArgument, _folder.Call("task_query", arguments).Refusal!.Code);
}
