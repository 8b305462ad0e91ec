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
