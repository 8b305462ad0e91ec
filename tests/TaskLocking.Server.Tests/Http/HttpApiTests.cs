using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using TaskLocking.Server;
using Xunit;

namespace TaskLocking.Tests.Server;

/// <summary>What HTTP answers.</summary>
public sealed class HttpApiTests(HttpSecurityTests.Ground ground) : IClassFixture<HttpSecurityTests.Ground>
{
    private HttpProcess Server => ground.Server;

    private TaskBoard Board => ground.Folder.Board;

    [Fact]
    public async Task Progress_is_byte_for_byte_that_of_the_command()
    {
        Board.Define([new TaskDefinition("P-1") { Swarm = "s 1" }, new TaskDefinition("P-2") { Swarm = "s 1", Dependencies = ["P-1"] }]);
        var (_, output, _) = await ServerCommand.RunAsync(ground.Folder.Path, "progress", "s 1", "--json");
        var answer = await Server.AskAsync("GET", "/api/planner/s%201/progress");
        Assert.Equal(output, answer.Text);
        Assert.Equal("application/json", answer["Content-Type"]);
        Assert.Equal($"\"v{Board.GetVersion()}\"", answer["ETag"]);
        var unknown = await Server.AskAsync("GET", "/api/planner/none/progress");
        Assert.Equal((404, "TaskNotFound"), (unknown.Status, (string?)unknown.Json["code"]));
        Assert.Equal("application/problem+json", unknown["Content-Type"]);
    }

    [Fact]
    public async Task What_a_caller_has_already_is_not_sent_again_until_somebody_changes_the_board()
    {
        Board.Define([new TaskDefinition("E-1")]);
        var tag = (await Server.AskAsync("GET", "/api/tasks/E-1"))["ETag"]!;
        var same = await Server.AskAsync("GET", "/api/tasks/E-1", null, "If-None-Match: " + tag);
        Assert.Equal((304, tag), (same.Status, same["ETag"]));
        Assert.Empty(same.Body);
        Board.Edit([new TaskEdit("E-1") { Name = "new" }]);
        Assert.Equal(200, (await Server.AskAsync("GET", "/api/tasks/E-1", null, "If-None-Match: " + tag)).Status);
    }

    [Fact]
    public async Task A_change_is_made_only_if_the_task_is_as_it_was_read()
    {
        Board.Define([new TaskDefinition("M-1")]);
        var tag = (await Server.AskAsync("GET", "/api/tasks/M-1"))["ETag"]!;
        // Another task's change is none of this one.
        Board.Define([new TaskDefinition("M-2")]);
        var done = await Server.AskAsync("POST", "/api/tasks/M-1/assign", """{"assignee_name":"ann"}""", "If-Match: " + tag);
        Assert.Equal(200, done.Status);
        Assert.Equal("M-1", (string?)done.Json["task_id"]);
        var late = await Server.AskAsync("POST", "/api/tasks/M-1/unassign", """{"assignee_name":"ann"}""", "If-Match: " + tag);
        Assert.Equal((412, "VersionChanged"), (late.Status, (string?)late.Json["code"]));
        Assert.Equal("ann", Board.FindTask("M-1")!.Assignee!.Name);
    }

    [Fact]
    public async Task A_refusal_is_a_problem_with_the_facts()
    {
        Board.Define([new TaskDefinition("R-1")]);
        Board.Assign(new AssignmentRequest(["R-1"], "agent", "bob"));
        var answer = await Server.AskAsync("POST", "/api/tasks/R-1/assign", """{"assignee_name":"ann"}""");
        Assert.Equal(409, answer.Status);
        Assert.Equal("Task already assigned to agent:bob", (string?)answer.Json["detail"]);
        Assert.Equal("urn:tasklock:refusal:TaskAlreadyAssigned", (string?)answer.Json["type"]);
        Assert.Equal("bob", (string?)answer.Json["existing_assignee"]!["name"]);
        Assert.Equal(400, (await Server.AskAsync("POST", "/api/tasks/R-1/assign", "{")).Status);
        Assert.Equal(400, (await Server.AskAsync("POST", "/api/tasks/R-1/assign", "[]")).Status);
        Assert.Equal(400, (await Server.AskAsync("POST", "/api/tasks/R-1/assign", """{"task_id":"R-2","assignee_name":"a"}""")).Status);
        Assert.Equal(400, (await Server.AskAsync("GET", "/api/tasks?limit=x")).Status);
        Assert.Equal(400, (await Server.AskAsync("GET", "/api/tasks?colour=red")).Status);
        Assert.Equal(404, (await Server.AskAsync("GET", "/api/nothing")).Status);
        Assert.Equal(404, (await Server.AskAsync("POST", "/api/graph", "{}")).Status);
    }

    [Fact]
    public async Task A_task_is_worked_on_from_claim_to_completion()
    {
        Board.Define([new TaskDefinition("a/b c") { Swarm = "work" }]);
        var claimed = (await Server.AskAsync("POST", "/api/claims", """{"agent":"ann","swarm":"work","start":true}""")).Json["tasks"]![0]!;
        Assert.Equal("time", (string?)claimed["claim"]!["liveness"]);
        var token = (long)claimed["claim"]!["token"]!;
        Assert.Equal(400, (await Server.AskAsync("POST", "/api/tasks/a%2Fb%20c/complete", """{"agent":"ann"}""")).Status);
        Assert.Equal(412,
            (await Server.AskAsync("POST", "/api/tasks/a%2Fb%20c/complete", $$"""{"agent":"ann","token":{{token + 1}}}""")).Status);
        Assert.Equal(200,
            (await Server.AskAsync("POST", "/api/tasks/a%2Fb%20c/complete", $$"""{"agent":"ann","token":{{token}}}""")).Status);
        Assert.Equal("Done", (string?)(await Server.AskAsync("GET", "/api/tasks/a%2Fb%20c")).Json["task"]!["status"]);
        Assert.NotEmpty((await Server.AskAsync("GET", "/api/tasks/a%2Fb%20c/history")).Json["history"]!.AsArray());
    }

    [Fact]
    public async Task Every_address_that_only_reads_answers()
    {
        Board.Define([new TaskDefinition("G-1")]);
        foreach (var route in ApiRoutes.All.Where(route => route.Method == "GET"))
        {
            var answer = await Server.AskAsync("GET", route.Pattern.Replace("{task_id}", "G-1", StringComparison.Ordinal));
            Assert.True(answer.Status == 200 && answer["ETag"] is not null, $"{route.Pattern}: {answer.Text}");
        }
        Assert.Contains("GET /api/graph", (await Server.AskAsync("GET", "/")).Json["addresses"]!.AsArray().Select(each => (string?)each));
        Assert.Equal("ok\n", (await Server.AskAsync("GET", "/healthz", null, "Authorization:")).Text);
        Assert.Equal("ok\n", (await Server.AskAsync("GET", "/readyz", null, "Authorization:")).Text);
    }

    [Fact]
    public async Task Numbers_are_told_as_a_scraper_reads_them()
    {
        var answer = await Server.AskAsync("GET", "/metrics");
        Assert.StartsWith("text/plain; version=0.0.4", answer["Content-Type"], StringComparison.Ordinal);
        var names = answer.Text.Split('\n').Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[2]).ToList();
        Assert.Equal(names.Distinct(), names);
        foreach (var line in answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#'))
        {
            Assert.Matches(@"^tasklock_[a-z_]+(\{[a-z]+=""[^""]*""\})? [0-9.eE+-]+$", line);
            Assert.Contains(names, name => line.StartsWith(name, StringComparison.Ordinal));
        }
        Assert.Contains("tasklock_store_version ", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tools_are_called_over_http_as_over_standard_streams()
    {
        const string Accept = "Accept: application/json, text/event-stream";
        var answer = await Server.AskAsync("POST", "/mcp", """
            {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"task_query","arguments":{"action":"get","task_id":"T"}}}
            """, Accept, "MCP-Protocol-Version: 2025-11-25");
        Assert.Equal(200, answer.Status);
        Assert.Contains("\"structuredContent\"", answer.Text, StringComparison.Ordinal);
        Assert.Equal(415, (await Server.AskAsync("POST", "/mcp", "{}", Accept, "Content-Type: text/plain")).Status);
    }

    [Fact]
    public async Task Nothing_is_changed_by_a_server_that_only_reads()
    {
        Board.Define([new TaskDefinition("O-1")]);
        using var server = await HttpProcess.StartAsync(ground.Folder.Path);
        foreach (var path in ApiRoutes.All.Where(route => route.Method == "POST").Select(route => route.Pattern))
            Assert.Equal(403, (await server.AskAsync("POST", path.Replace("{task_id}", "O-1", StringComparison.Ordinal), "{}")).Status);
        Assert.True((bool)server.Greeting["read_only"]!);
        var list = await server.AskAsync("POST", "/mcp", """{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}""",
            "Accept: application/json, text/event-stream", "MCP-Protocol-Version: 2025-11-25");
        Assert.DoesNotContain("\"claim\"", list.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_with_who_has_it()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var (code, output, error) = await ServerCommand.RunAsync(ground.Folder.Path, "serve", "--port", $"{port}");
        Assert.Equal((10, ""), (code, output));
        Assert.Contains($"Port {port} of 127.0.0.1 is in use", error, StringComparison.Ordinal);
        if (OperatingSystem.IsLinux())
            Assert.Contains($"by process {Environment.ProcessId}", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_in_order_when_a_signal_asks()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It has no such signal.");
        using var server = await HttpProcess.StartAsync(ground.Folder.Path);
        Assert.Equal(200, (await server.AskAsync("GET", "/api/tasks")).Status);
        Assert.Equal(0, await server.TerminateAsync());
        Assert.DoesNotContain(server.Token, await server.Process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }
}
