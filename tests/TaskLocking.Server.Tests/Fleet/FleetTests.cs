using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using TaskLocking.Proof;
using Xunit;

namespace TaskLocking.Tests.Server;

/// <summary>Eight clients at once on one board: no task is claimed twice, and the history is linear by our own checker.</summary>
public sealed class FleetTests
{
    private const string Swarm = "fleet";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly string[] Queue = [.. Enumerable.Range(1, 24).Select(number => $"Q-{number}")];

    [Fact]
    public Task Over_HTTP() => RunAsync<HttpClients>();

    [Fact]
    public Task Over_standard_streams() => RunAsync<StdioClients>();

    // The client that most use, which shares no code with ours; where npm brings it.
    [Theory]
    [InlineData("stdio")]
    [InlineData("http")]
    public async Task With_the_client_of_others(string way)
    {
        var (client, missing) = await NpmClient.FindAsync();
        Assert.SkipWhen(client is null, "THE CLIENT OF OTHERS DOES NOT RUN: " + missing);
        using var folder = new BoardFolder();
        Define(folder);
        var seed = Random.Shared.Next();
        using var node = Process.Start(new ProcessStartInfo("node",
            [client!, ServerCommand.Program, folder.Path, Logs(folder), way, Swarm, $"{ToolClients.Count}", $"{seed}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, error) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        await node.WaitForExitAsync().WaitAsync(Patience);
        Assert.True(node.ExitCode == 0, $"seed {seed}: {await output}{await error}");
        FleetHistory.Check(folder.Board, Logs(folder), Queue, ToolClients.Count, $"seed {seed}");
    }

    private static void Define(BoardFolder folder)
    {
        folder.Board.Define([.. Queue.Select(id => new TaskDefinition(id) { Swarm = Swarm })]);
        folder.Define([.. RecordedAgent.Fought]);
    }

    private static string Logs(BoardFolder folder) => Directory.CreateDirectory(Path.Combine(folder.Path, "logs")).FullName;

    private static async Task RunAsync<TClients>()
        where TClients : ToolClients, new()
    {
        var (clients, seed) = (new TClients(), Random.Shared.Next());
        await clients.InitializeAsync();
        try
        {
            Define(clients.Folder);
            var logs = Logs(clients.Folder);
            await Task.WhenAll(Enumerable.Range(0, ToolClients.Count).Select(number => Task.Run(async () =>
            {
                var name = $"agent-{number}";
                using var log = new OperationLog(Path.Combine(logs, name + ".ops"), name);
                await new RecordedAgent(name, (tool, arguments) => clients.CallAsync(number, tool, arguments), log,
                    new Random(seed + number), Swarm).WorkAsync();
            }))).WaitAsync(Patience);
            FleetHistory.Check(clients.Folder.Board, logs, Queue, ToolClients.Count, $"seed {seed}");
        }
        finally
        {
            await clients.DisposeAsync();
        }
    }
}
