using System;
using System.Diagnostics;
using System.Text.Json;
using System.Threading.Tasks;

namespace TaskLocking.Benchmarks.Harness;

/// <summary><c>tasklock mcp</c> of a workspace, asked by lines.</summary>
internal sealed class ToolProcess : IDisposable
{
    private readonly Process _process;
    private int _last;

    public ToolProcess(Bench bench, string workspace)
    {
        var start = bench.CommandLine.Start(workspace, "mcp");
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        _process = Started.Start(start);
    }

    public async Task InitializeAsync()
    {
        using var answer = await AskAsync("initialize",
            """{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"benchmark","version":"1"}}""");
        await _process.StandardInput.WriteAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""" + "\n");
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Claims a task and gives it back; gives the milliseconds that the claim took.</summary>
    public async Task<double> ClaimAsync()
    {
        var clock = Stopwatch.StartNew();
        using var answer = await CallAsync("""{"action":"next","agent":"agent"}""");
        var time = clock.Elapsed.TotalMilliseconds;
        var task = answer.RootElement.GetProperty("result").GetProperty("structuredContent").GetProperty("tasks")[0];
        using var back = await CallAsync(JsonSerializer.Serialize(new
        {
            action = "release",
            agent = "agent",
            task_id = task.GetProperty("id").GetString(),
            token = task.GetProperty("claim").GetProperty("token").GetInt64(),
        }));
        if (back.RootElement.GetProperty("result").TryGetProperty("isError", out var isError) && isError.GetBoolean())
            throw new InvalidOperationException("A claim could not be given back: " + back.RootElement.GetRawText());
        return time;
    }

    public void Dispose() => Started.End(_process);

    private Task<JsonDocument> CallAsync(string arguments) => AskAsync("tools/call", $$"""{"name":"claim","arguments":{{arguments}}}""");

    private async Task<JsonDocument> AskAsync(string method, string parameters)
    {
        await _process.StandardInput.WriteAsync(
            $$"""{"jsonrpc":"2.0","id":{{++_last}},"method":"{{method}}","params":{{parameters}}}""" + "\n");
        await _process.StandardInput.FlushAsync();
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            var message = JsonDocument.Parse(line);
            if (message.RootElement.TryGetProperty("id", out var id) && id.TryGetInt32(out var number) && number == _last)
                return message;
            message.Dispose();
        }
        throw new InvalidOperationException("tasklock mcp has ended: " + await _process.StandardError.ReadToEndAsync());
    }
}
