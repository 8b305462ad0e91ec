using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace TaskLocking.Tests.Server;

/// <summary>A server in a process of its own, spoken to by bytes: no client puts right what a test wants to be wrong.</summary>
internal sealed class HttpProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private HttpProcess(Process process, JsonNode greeting)
    {
        Process = process;
        Port = new Uri((string)greeting["url"]!).Port;
        Token = (string?)greeting["token"] ?? "";
        Url = (string)greeting["url"]!;
        Greeting = greeting;
    }

    public Process Process { get; }

    public JsonNode Greeting { get; }

    public int Port { get; }

    public string Token { get; }

    public string Url { get; }

    public static Task<HttpProcess> StartAsync(string workspace, params string[] words) => StartAsync(workspace, 0, words);

    public static Task<HttpProcess> StartAsync(string workspace, int port, params string[] words) =>
        BeginAsync(ServerCommand.Start(workspace, ["serve", "--json", "--port", $"{port}", .. words]));

    public static Task<HttpProcess> StartAsync(string workspace, IReadOnlyDictionary<string, string?> variables) =>
        BeginAsync(ServerCommand.Start(workspace, variables, "serve", "--port", "0"));

    private static async Task<HttpProcess> BeginAsync(Process process)
    {
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience)
            ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync());
        return new HttpProcess(process, JsonNode.Parse(line)!);
    }

    /// <summary>A request with the token and the right Host, unless headers say otherwise.</summary>
    public Task<RawAnswer> AskAsync(string method, string path, string? body = null, params string[] headers)
    {
        var lines = new List<string> { $"{method} {path} HTTP/1.1", "Connection: close" };
        if (!headers.Any(header => header.StartsWith("Host:", StringComparison.Ordinal)))
            lines.Add($"Host: 127.0.0.1:{Port}");
        if (!headers.Any(header => header.StartsWith("Authorization:", StringComparison.Ordinal)
            || header.StartsWith("Cookie:", StringComparison.Ordinal)))
            lines.Add($"Authorization: Bearer {Token}");
        if (body is not null && !headers.Any(header => header.StartsWith("Content-Type:", StringComparison.Ordinal)))
            lines.Add("Content-Type: application/json");
        // A header without a value is one that shall not be there.
        lines.AddRange(headers.Where(header => !header.EndsWith(':')));
        if (body is not null)
            lines.Add($"Content-Length: {Encoding.UTF8.GetByteCount(body)}");
        return SendAsync(string.Join("\r\n", lines) + "\r\n\r\n" + body);
    }

    public async Task<RawAnswer> SendAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request));
        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer).WaitAsync(Patience);
        return RawAnswer.Parse(answer.ToArray());
    }

    public async Task<int> TerminateAsync()
    {
        Signal("TERM");
        await Process.WaitForExitAsync().WaitAsync(Patience);
        return Process.ExitCode;
    }

    /// <summary>Sends a signal, by its name.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", Process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!Process.HasExited)
            Process.Kill();
        Process.Dispose();
    }
}
