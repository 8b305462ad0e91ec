using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace TaskLocking.Benchmarks.Harness;

/// <summary>
/// A way to a server of this machine that is as long as one to another machine: what the server answers comes later by a delay. Nothing is
/// held up by what came before it, so whoever sends several requests at once waits once.
/// </summary>
internal sealed class DelayingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<Socket> _open = [];
    private readonly string _socket;
    private readonly TimeSpan _delay;

    /// <param name="socket">The file of the server's socket.</param>
    /// <param name="delay">By how much each answer comes later.</param>
    public DelayingProxy(string socket, TimeSpan delay)
    {
        _socket = socket;
        _delay = delay;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        Begin(Accept);
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    public void Dispose()
    {
        _listener.Stop();
        while (_open.TryTake(out var socket))
            socket.Dispose();
    }

    private static void Begin(ThreadStart what) => new Thread(what) { IsBackground = true }.Start();

    private static void Until(Action step, Action end)
    {
        try
        {
            while (true)
                step();
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            end(); // One end has gone.
        }
    }

    private void Accept() => Until(
        () =>
        {
            var client = _listener.AcceptSocket();
            var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            server.Connect(new UnixDomainSocketEndPoint(_socket));
            client.NoDelay = true;
            _open.Add(client);
            _open.Add(server);
            var answers = new BlockingCollection<(long Due, byte[] Bytes)>();
            Begin(() => Until(() => SendAll(server, Receive(client)), server.Dispose));
            Begin(() => Until(() => answers.Add((Stopwatch.GetTimestamp() + (long)(_delay.TotalSeconds * Stopwatch.Frequency),
                Receive(server))), answers.CompleteAdding));
            Begin(() => Until(() => Pass(client, answers.Take()), client.Dispose));
        },
        () => { });

    private static void Pass(Socket client, (long Due, byte[] Bytes) answer)
    {
        while (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), answer.Due) is var left && left > TimeSpan.Zero)
            Thread.Sleep(left.TotalMilliseconds < 1 ? TimeSpan.FromMilliseconds(1) : left);
        SendAll(client, answer.Bytes);
    }

    private static byte[] Receive(Socket from)
    {
        var buffer = new byte[1 << 16];
        var length = from.Receive(buffer);
        return length > 0 ? buffer[..length] : throw new InvalidOperationException("It has said all.");
    }

    private static void SendAll(Socket to, byte[] bytes)
    {
        for (var sent = 0; sent < bytes.Length;)
            sent += to.Send(bytes.AsSpan(sent));
    }
}
