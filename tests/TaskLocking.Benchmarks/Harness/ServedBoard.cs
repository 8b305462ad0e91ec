using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace TaskLocking.Benchmarks.Harness;

/// <summary>
/// <c>tasklock serve</c> of a workspace, asked over plain sockets: what a client does besides would hide what the server does.
/// </summary>
internal sealed class ServedBoard : IDisposable
{
    private readonly Process _process;
    private readonly int _port;
    private readonly string _token;
    private readonly List<TcpClient> _streams = [];
    private long _told;

    private ServedBoard(Process process, JsonElement greeting)
    {
        (_process, _port) = (process, new Uri(greeting.GetProperty("url").GetString()!).Port);
        _token = greeting.GetProperty("token").GetString()!;
    }

    /// <summary>Bytes that the streams have told, but for what came when they began.</summary>
    public long Told => Volatile.Read(ref _told);

    /// <summary>Starts the server, and waits until it listens.</summary>
    /// <exception cref="InvalidOperationException">It did not start.</exception>
    public static async Task<ServedBoard> StartAsync(Bench bench, string workspace)
    {
        var start = bench.CommandLine.Start(workspace, "serve", "--port", "0");
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        var process = Started.Start(start);
        if (await process.StandardOutput.ReadLineAsync() is not { } line)
            throw new InvalidOperationException("tasklock serve did not start: " + await process.StandardError.ReadToEndAsync());
        process.BeginErrorReadLine(); // What nobody reads would hold it up.
        using var greeting = JsonDocument.Parse(line);
        return new ServedBoard(process, greeting.RootElement);
    }

    /// <summary>Requests in a second, each connection with one at a time.</summary>
    public async Task<double> RateAsync(string path, int connections, double seconds)
    {
        var clients = Enumerable.Range(0, connections).Select(_ => Connect()).ToList();
        try
        {
            var clock = Stopwatch.StartNew();
            var end = TimeSpan.FromSeconds(seconds);
            var counts = await Task.WhenAll(clients.Select(client => Task.Run(() => AskAsync(client, path, () => clock.Elapsed < end))));
            return counts.Sum() / clock.Elapsed.TotalSeconds;
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    /// <summary>Opens a stream of events; one that is stalled takes nothing of it.</summary>
    public async Task FollowAsync(bool isStalled)
    {
        var client = Connect();
        _streams.Add(client);
        await client.GetStream().WriteAsync(Request("/api/events"));
        var buffer = new byte[16 * 1024];
        var answer = Encoding.ASCII.GetString(buffer, 0, await client.GetStream().ReadAsync(buffer));
        if (!answer.Contains(" 200 ", StringComparison.Ordinal))
            throw new InvalidOperationException("The server refused a stream of events: " + answer);
        if (!isStalled)
            _ = Task.Run(() => DrainAsync(client, buffer));
    }

    /// <summary>Ends the streams of events.</summary>
    public void Leave()
    {
        _streams.ForEach(stream => stream.Dispose());
        _streams.Clear();
    }

    public void Dispose()
    {
        Leave();
        Started.End(_process);
    }

    private async Task DrainAsync(TcpClient client, byte[] buffer)
    {
        try
        {
            while (await client.GetStream().ReadAsync(buffer) is > 0 and var read)
                Interlocked.Add(ref _told, read);
        }
        catch (Exception ended) when (ended is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The measurement is over.
        }
    }

    private async Task<long> AskAsync(TcpClient client, string path, Func<bool> goesOn)
    {
        var (stream, request, buffer) = (client.GetStream(), Request(path), new byte[64 * 1024]);
        var count = 0L;
        while (goesOn())
        {
            await stream.WriteAsync(request);
            var have = 0;
            for (var whole = int.MaxValue; have < whole;)
            {
                if (have == buffer.Length)
                    Array.Resize(ref buffer, 2 * have);
                var read = await stream.ReadAsync(buffer.AsMemory(have));
                have += read > 0 ? read : throw new InvalidOperationException("The server closed the connection.");
                if (whole == int.MaxValue)
                    whole = Length(buffer.AsSpan(0, have));
            }
            count++;
        }
        return count;
    }

    // Of the whole answer; as large as can be while its head is not there.
    private static int Length(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return int.MaxValue;
        var lines = Encoding.ASCII.GetString(answer[..head]).Split("\r\n");
        if (!lines[0].Contains(" 200 ", StringComparison.Ordinal))
            throw new InvalidOperationException("The server answers " + lines[0]);
        const string Name = "Content-Length:";
        // Whatever has no length is in one piece here.
        return lines.FirstOrDefault(line => line.StartsWith(Name, StringComparison.OrdinalIgnoreCase)) is { } length
            ? head + 4 + int.Parse(length.AsSpan(Name.Length), provider: System.Globalization.CultureInfo.InvariantCulture)
            : answer.EndsWith("0\r\n\r\n"u8) ? answer.Length : int.MaxValue;
    }

    private TcpClient Connect() => new("127.0.0.1", _port) { NoDelay = true };

    private byte[] Request(string path) => Encoding.ASCII.GetBytes(
        $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{_port}\r\nAuthorization: Bearer {_token}\r\nAccept-Encoding: gzip\r\n\r\n");
}
