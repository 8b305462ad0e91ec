using System;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using TaskLocking.Server;
using Xunit;

namespace TaskLocking.Tests.Server;

/// <summary>What is sent again because its answer was lost is done once.</summary>
public sealed class IdempotencyTests(HttpSecurityTests.Ground ground) : IClassFixture<HttpSecurityTests.Ground>
{
    private HttpProcess Server => ground.Server;

    private TaskBoard Board => ground.Folder.Board;

    [Fact]
    public async Task A_claim_that_is_asked_for_again_is_the_same_claim_even_of_another_server()
    {
        Board.Define([new TaskDefinition("I-1") { Swarm = "i" }, new TaskDefinition("I-2") { Swarm = "i" }]);
        const string Body = """{"agent":"ann","swarm":"i","start":true}""";
        var first = await Server.AskAsync("POST", "/api/claims", Body, "Idempotency-Key: \"key-1\"");
        Assert.Null(first["Idempotency-Replayed"]);
        var version = Board.GetVersion();
        var again = await Server.AskAsync("POST", "/api/claims", Body, "Idempotency-Key: key-1");
        Assert.Equal("true", again["Idempotency-Replayed"]);
        Assert.True((bool)again.Json["replayed"]!);
        Assert.Equal((long)first.Json["tasks"]![0]!["claim"]!["token"]!, (long)again.Json["tasks"]![0]!["claim"]!["token"]!);
        using var other = await HttpProcess.StartAsync(ground.Folder.Path, "--allow-changes");
        Assert.Equal("true", (await other.AskAsync("POST", "/api/claims", Body, "Idempotency-Key: key-1"))["Idempotency-Replayed"]);
        Assert.Equal(version, Board.GetVersion());
        var wrong = await Server.AskAsync("POST", "/api/claims", """{"agent":"bob","swarm":"i"}""", "Idempotency-Key: key-1");
        Assert.Equal((422, "RequestIdReused"), (wrong.Status, (string?)wrong.Json["code"]));
    }

    [Fact]
    public async Task It_goes_together_with_the_version_that_was_read()
    {
        Board.Define([new TaskDefinition("V-1")]);
        Board.Define([new TaskDefinition("V-2")]);
        var tag = (await Server.AskAsync("GET", "/api/tasks/V-1"))["ETag"]!;
        const string Body = """{"assignee_name":"ann"}""";
        Assert.Equal(200, (await Server.AskAsync("POST", "/api/tasks/V-1/assign", Body, "If-Match: " + tag, "Idempotency-Key: v")).Status);
        var again = await Server.AskAsync("POST", "/api/tasks/V-1/assign", Body, "If-Match: " + tag, "Idempotency-Key: v");
        Assert.Equal((200, "true"), (again.Status, again["Idempotency-Replayed"]));
        Board.Edit([new TaskEdit("V-2") { Name = "changed" }]);
        Assert.Equal(412,
            (await Server.AskAsync("POST", "/api/tasks/V-2/assign", Body, "If-Match: " + tag, "Idempotency-Key: w")).Status);
        Assert.Null(Board.FindTask("V-2")!.Assignee);
    }

    [Theory]
    [InlineData("/api/tasks/T/remove", """{"confirm":"T"}""", "key-2")]
    [InlineData("/api/leases", """{"agent":"a","paths":["x"]}""", "key-3")]
    [InlineData("/api/tasks", """{"tasks":[{"id":"N"}]}""", "\"\"")]
    public async Task What_cannot_be_named_is_refused_and_not_done(string path, string body, string key)
    {
        var version = Board.GetVersion();
        Assert.Equal(400, (await Server.AskAsync("POST", path, body, "Idempotency-Key: " + key)).Status);
        Assert.Equal(version, Board.GetVersion());
    }

    [Theory]
    [InlineData("task_change", """{"action":"define","tasks":[{"id":"X"}],"request_id":"r"}""",
        """{"action":"define","tasks":[{"id":"Y"}],"request_id":"r"}""")]
    [InlineData("task_assignee", """{"action":"assign","task_id":"M","assignee_name":"a","request_id":"r"}""",
        """{"action":"assign","task_id":"M","assignee_name":"b","request_id":"r"}""")]
    [InlineData("claim", """{"action":"next","agent":"a","request_id":"r"}""", """{"action":"next","agent":"b","request_id":"r"}""")]
    public void A_tool_that_is_called_again_answers_as_it_did(string tool, string call, string other)
    {
        using var folder = new BoardFolder();
        folder.Define("M");
        var first = folder.Ask(tool, call);
        Assert.True((bool)first["success"]!);
        Assert.Null(first["replayed"]);
        var version = folder.Board.GetVersion();
        var again = folder.Ask(tool, call);
        Assert.True((bool)again["replayed"]!);
        Assert.True((bool)again["success"]!);
        Assert.Equal(version, folder.Board.GetVersion());
        Assert.Equal("RequestIdReused", (string?)folder.Ask(tool, other)["refusal"]!["code"]);
        Assert.Equal(version, folder.Board.GetVersion());
    }

    [Fact]
    public void What_makes_folders_has_no_name()
    {
        using var folder = new BoardFolder();
        var call = new ToolCall(folder.Setting, new System.Collections.Generic.Dictionary<string, System.Text.Json.JsonElement>
        {
            ["action"] = ApiArguments.Element(JsonValue.Create("create")),
            ["names"] = ApiArguments.Element(new JsonArray("x")),
        }, TestContext.Current.CancellationToken)
        { RequestId = "r" };
        Assert.Equal(RefusalCode.InvalidArgument, ToolTable.Run(TopicTools.Create, call).Refusal!.Code);
        Assert.False(System.IO.Directory.Exists(System.IO.Path.Combine(folder.Path, ".claude")));
    }
}
