using System;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace TaskLocking.Tests.Server;

/// <summary>Eight clients that use one board by the tools of a server, each as good as an agent of its own.</summary>
public abstract class ToolClients : IAsyncLifetime
{
    public const int Count = 8;

    /// <summary>The board, as it is for who looks at it beside the server.</summary>
    internal BoardFolder Folder { get; } = new();

    public ValueTask InitializeAsync() => new(BeginAsync(Folder.Path));

    public ValueTask DisposeAsync()
    {
        End();
        Folder.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>What a tool answers one of the clients.</summary>
    /// <param name="client">From 0.</param>
    /// <param name="tool">Its name.</param>
    /// <param name="arguments">What becomes JSON.</param>
    public async Task<JsonNode> CallAsync(int client, string tool, object arguments) =>
        (await AnswerAsync(client, tool, JsonSerializer.Serialize(arguments)))["structuredContent"]!;

    /// <summary>What a tool answers all of them, who call it at one moment; by client.</summary>
    public Task<JsonNode[]> AllCallAsync(string tool, Func<int, object> arguments) =>
        Task.WhenAll(Enumerable.Range(0, Count).Select(client => Task.Run(() => CallAsync(client, tool, arguments(client)))));

    protected abstract Task BeginAsync(string workspace);

    /// <summary>The whole result of a call.</summary>
    protected abstract Task<JsonNode> AnswerAsync(int client, string tool, string arguments);

    protected abstract void End();
}

/// <summary>Each has a server of its own, and speaks with it over standard streams.</summary>
public sealed class StdioClients : ToolClients
{
    private StdioClient[] _clients = [];

    protected override async Task BeginAsync(string workspace)
    {
        _clients = [.. Enumerable.Range(0, Count).Select(_ => new StdioClient(workspace))];
        await Task.WhenAll(_clients.Select(client => client.InitializeAsync()));
    }

    protected override Task<JsonNode> AnswerAsync(int client, string tool, string arguments) => _clients[client].CallAsync(tool, arguments);

    protected override void End() => Array.ForEach(_clients, client => client.Dispose());
}

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
