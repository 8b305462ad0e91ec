using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using TaskLocking.Proof;
using Xunit;

namespace TaskLocking.Tests.Server;

/// <summary>Eight clients at once on one board: no task is claimed twice, and the history is linear by our own checker.</summary>
public sealed class FleetTests : IDisposable
{
    private const int Agents = 8;
    private const string Swarm = "fleet";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly string[] Queue = [.. Enumerable.Range(1, 24).Select(number => $"Q-{number}")];

    private readonly BoardFolder _folder = new();

    private string Logs => Directory.CreateDirectory(Path.Combine(_folder.Path, "logs")).FullName;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Over_HTTP()
    {
        Define();
        using var server = await HttpProcess.StartAsync(_folder.Path, "--allow-changes");
        await RunAsync(_ => (tool, arguments) => AskAsync(server, tool, arguments));
    }

    [Fact]
    public async Task Over_standard_streams()
    {
        Define();
        var clients = new List<StdioClient>();
        try
        {
            for (var i = 0; i < Agents; i++)
            {
                clients.Add(new StdioClient(_folder.Path));
                await clients[i].InitializeAsync();
            }
            await RunAsync(number => async (tool, arguments) => (await clients[number].CallAsync(tool, arguments))["structuredContent"]!);
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    // The client that most use, which shares no code with ours; where npm brings it.
    [Theory]
    [InlineData("stdio")]
    [InlineData("http")]
    public async Task With_the_client_of_others(string way)
    {
        var (client, missing) = await NpmClient.FindAsync();
        Assert.SkipWhen(client is null, "THE CLIENT OF OTHERS DOES NOT RUN: " + missing);
        Define();
        var seed = Random.Shared.Next();
        using var node = Process.Start(new ProcessStartInfo("node",
            [client!, ServerCommand.Program, _folder.Path, Logs, way, Swarm, $"{Agents}", $"{seed}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, error) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        await node.WaitForExitAsync().WaitAsync(Patience);
        Assert.True(node.ExitCode == 0, $"seed {seed}: {await output}{await error}");
        FleetHistory.Check(_folder.Board, Logs, Queue, Agents, $"seed {seed}");
    }

    private void Define()
    {
        _folder.Board.Define([.. Queue.Select(id => new TaskDefinition(id) { Swarm = Swarm })]);
        _folder.Define([.. RecordedAgent.Fought]);
    }

    private async Task RunAsync(Func<int, Func<string, string, Task<JsonNode>>> callOf)
    {
        var seed = Random.Shared.Next();
        await Task.WhenAll(Enumerable.Range(0, Agents).Select(number => Task.Run(async () =>
        {
            var name = $"agent-{number}";
            using var log = new OperationLog(Path.Combine(Logs, name + ".ops"), name);
            await new RecordedAgent(name, callOf(number), log, new Random(seed + number), Swarm).WorkAsync();
        }))).WaitAsync(Patience);
        FleetHistory.Check(_folder.Board, Logs, Queue, Agents, $"seed {seed}");
    }

    private static async Task<JsonNode> AskAsync(HttpProcess server, string tool, string arguments)
    {
        var answer = await server.AskAsync("POST", "/mcp",
            $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}}}}""",
            "Accept: application/json, text/event-stream", "MCP-Protocol-Version: 2025-11-25");
        Assert.Equal(200, answer.Status);
        var data = answer.Text.Split('\n').LastOrDefault(line => line.StartsWith("data:", StringComparison.Ordinal));
        return JsonNode.Parse(data is null ? answer.Text : data["data:".Length..])!["result"]!["structuredContent"]!;
    }
}
