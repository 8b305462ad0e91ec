using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace TaskLocking.Tests.Server;

/// <summary>A client that writes and reads the lines of the protocol itself, so that nothing is put right on the way.</summary>
internal sealed class StdioClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _waiting = new();
    private readonly Task _reading;
    private int _last;

    public StdioClient(string workspace, params string[] words)
        : this(workspace, null, words)
    {
    }

    public StdioClient(string workspace, IReadOnlyDictionary<string, string?>? variables, params string[] words)
    {
        Process = ServerCommand.Start(workspace, variables, ["mcp", .. words]);
        _reading = Task.Run(ReadAsync);
    }

    public Process Process { get; }

    /// <summary>Every line that came, as it came.</summary>
    public ConcurrentQueue<string> Lines { get; } = new();

    /// <summary>What the server told without being asked.</summary>
    public Channel<JsonNode> Told { get; } = Channel.CreateUnbounded<JsonNode>();

    /// <summary>The next of these that is of a method.</summary>
    public async Task<JsonNode> ToldAsync(string method)
    {
        while (true)
        {
            var message = await Told.Reader.ReadAsync().AsTask().WaitAsync(Patience);
            if ((string?)message["method"] == method)
                return message["params"]!;
        }
    }

    /// <summary>The result of a request, or its error.</summary>
    public async Task<JsonNode> AskAsync(string method, string parameters = "{}")
    {
        var id = Interlocked.Increment(ref _last);
        var answer = _waiting[id] = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        Send($$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters}}}""");
        return await answer.Task.WaitAsync(Patience);
    }

    /// <summary>What a tool answers.</summary>
    public async Task<JsonNode> CallAsync(string tool, string arguments) =>
        (await AskAsync("tools/call", $$"""{"name":"{{tool}}","arguments":{{arguments}}}"""))["result"]!;

    public async Task<JsonNode> InitializeAsync(string version = "2025-11-25")
    {
        var answer = await AskAsync("initialize",
            $$$"""{"protocolVersion":"{{{version}}}","capabilities":{},"clientInfo":{"name":"test","version":"1"}}""");
        Send("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        return answer["result"]!;
    }

    public void Send(string line)
    {
        lock (Process)
        {
            Process.StandardInput.Write(line + "\n");
            Process.StandardInput.Flush();
        }
    }

    /// <summary>Closes the input, and gives the exit code.</summary>
    public async Task<int> EndAsync()
    {
        Process.StandardInput.Close();
        await Process.WaitForExitAsync().WaitAsync(Patience);
        await _reading;
        return Process.ExitCode;
    }

    public void Dispose()
    {
        if (!Process.HasExited)
            Process.Kill();
        Process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await Process.StandardOutput.ReadLineAsync() is { } line)
        {
            Lines.Enqueue(line);
            if (JsonNode.Parse(line) is not { } message)
                continue;
            if (message["method"] is not null)
                Told.Writer.TryWrite(message);
            if (message["id"] is { } id && message["method"] is null
                && _waiting.TryRemove((int)id, out var waiting))
                waiting.SetResult(message);
        }
        foreach (var waiting in _waiting.Values)
            waiting.TrySetException(new InvalidOperationException("The server has ended: " + await Process.StandardError.ReadToEndAsync()));
    }
}
