using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace TaskLocking.Tests.Server;

/// <summary>Clients that want to know when something changes.</summary>
public sealed class SubscriptionTests : IDisposable
{
    private const string Updated = "notifications/resources/updated";
    private const string Acknowledged = "notifications/subscriptions/acknowledged";
    private const string Meta = """
        "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"t","version":"1"},
        "io.modelcontextprotocol/clientCapabilities":{}}
        """;

    private readonly BoardFolder _folder = new();

    [Fact]
    public async Task With_a_handshake_a_resource_is_subscribed_to_and_left()
    {
        _folder.Define("A", "B");
        using var client = new StdioClient(_folder.Path);
        var begun = await client.InitializeAsync();
        Assert.True((bool)begun["capabilities"]!["resources"]!["subscribe"]!);
        await client.AskAsync("resources/subscribe", """{"uri":"tasklock://tasks/A"}""");
        await client.AskAsync("resources/subscribe", """{"uri":"tasklock://tasks/B"}""");
        _folder.Board.Edit([new TaskEdit("A") { Name = "new" }]);
        Assert.Equal("tasklock://tasks/A", (string?)(await client.ToldAsync(Updated))["uri"]);
        await client.AskAsync("resources/unsubscribe", """{"uri":"tasklock://tasks/A"}""");
        _folder.Board.Edit([new TaskEdit("A") { Name = "newer" }, new TaskEdit("B") { Name = "newer" }]);
        Assert.Equal("tasklock://tasks/B", (string?)(await client.ToldAsync(Updated))["uri"]);
        Assert.Equal(-32602, (int)(await client.AskAsync("resources/subscribe", """{"uri":"file:///etc/passwd"}"""))["error"]!["code"]!);
        Assert.Equal(0, await client.EndAsync());
    }

    [Fact]
    public async Task Without_one_a_client_listens_and_is_told_what_it_gets()
    {
        using var client = new StdioClient(_folder.Path);
        client.Send(Listen(77));
        var granted = await client.ToldAsync(Acknowledged);
        Assert.Equal(["tasklock://ready", "tasklock://agents"],
            granted["notifications"]!["resourceSubscriptions"]!.AsArray().Select(uri => (string?)uri));
        Assert.Equal("77", granted["_meta"]!["io.modelcontextprotocol/subscriptionId"]!.ToString());
        _folder.Define("A");
        var told = await client.ToldAsync(Updated);
        Assert.Equal(("tasklock://ready", "77"),
            ((string?)told["uri"], told["_meta"]!["io.modelcontextprotocol/subscriptionId"]!.ToString()));
        _folder.Board.RegisterAgents([new AgentProfile("ann")]);
        Assert.Equal("tasklock://ready", (string?)(await client.ToldAsync(Updated))["uri"]);
        Assert.Equal("tasklock://agents", (string?)(await client.ToldAsync(Updated))["uri"]);
        Assert.Equal(0, await client.EndAsync());
    }

    [Fact]
    public async Task Over_http_the_answer_is_the_stream()
    {
        using var server = await HttpProcess.StartAsync(_folder.Path);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Url + "/mcp")
        {
            Content = new StringContent(Listen(5), Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", server.Token);
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        request.Headers.Add("MCP-Protocol-Version", "2026-07-28");
        request.Headers.Add("Mcp-Method", "subscriptions/listen");
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.Equal(Acknowledged, (string?)(await MessageAsync(lines))["method"]);
        _folder.Define("A");
        Assert.Equal("tasklock://ready", (string?)(await MessageAsync(lines))["params"]!["uri"]);
        Assert.Equal(0, OperatingSystem.IsWindows() ? 0 : await server.TerminateAsync());
    }

    public void Dispose() => _folder.Dispose();

    private static string Listen(int id) => $$$"""
        {"jsonrpc":"2.0","id":{{{id}}},"method":"subscriptions/listen","params":{"notifications":{"resourceSubscriptions":
        ["tasklock://ready","tasklock://agents","file:///etc/passwd"]},{{{Meta}}}}}
        """.Replace("\n", "", StringComparison.Ordinal);

    private static async Task<JsonNode> MessageAsync(StreamReader lines)
    {
        while (await lines.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) is { } line)
        {
            if (line.StartsWith("data: {", StringComparison.Ordinal))
                return JsonNode.Parse(line["data: ".Length..])!;
        }
        throw new EndOfStreamException();
    }
}
