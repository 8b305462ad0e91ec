using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace TaskLocking.Tests.Server;

/// <summary>All speak with one server over HTTP, without a session.</summary>
public sealed class HttpClients : ToolClients
{
    private HttpProcess? _server;

    protected override async Task BeginAsync(string workspace) => _server = await HttpProcess.StartAsync(workspace, "--allow-changes");

    protected override async Task<JsonNode> AnswerAsync(int client, string tool, string arguments)
    {
        var answer = await _server!.AskAsync("POST", "/mcp",
            $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}}}}""",
            "Accept: application/json, text/event-stream", "MCP-Protocol-Version: 2025-11-25");
        Assert.Equal(200, answer.Status);
        var data = answer.Text.Split('\n').LastOrDefault(line => line.StartsWith("data:", StringComparison.Ordinal));
        return JsonNode.Parse(data is null ? answer.Text : data["data:".Length..])!["result"]!;
    }

    protected override void End() => _server?.Dispose();
}
