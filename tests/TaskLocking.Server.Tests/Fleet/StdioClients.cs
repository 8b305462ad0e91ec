using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace TaskLocking.Tests.Server;

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
