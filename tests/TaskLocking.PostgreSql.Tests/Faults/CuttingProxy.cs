using System;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace TaskLocking.Tests.Faults;

/// <summary>
/// A way to a server on which answers get lost: a request is passed on, and when its answer comes both ends are closed. So the server has
/// done what it was asked for, and nobody was told. Or a request is kept back, and passed on when its client has gone. Or a way falls
/// silent: it stays open, and nothing comes through any more.
/// </summary>
internal sealed class CuttingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<int> _port;
    private readonly byte[] _mark;
    private readonly ConcurrentBag<Socket> _open = [];
    private readonly ManualResetEventSlim _goOn = new(true);
    private int _lives = 1;
    private int _cuts;
    private int _cut;

    /// <param name="port">That of the server.</param>
    /// <param name="mark">What stands in the requests that it is about.</param>
    public CuttingProxy(int port, string mark)
        : this(() => port, mark)
    {
    }

    /// <param name="port">That of the server, asked for with each connection.</param>
    /// <param name="mark">What stands in the requests that it is about.</param>
    public CuttingProxy(Func<int> port, string mark)
    {
        _port = port;
        _mark = System.Text.Encoding.ASCII.GetBytes(mark);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        new Thread(Accept) { IsBackground = true }.Start();
    }

    public int Port { get; }

    /// <summary>So many answers are lost from now on.</summary>
    public int Cuts
    {
        get => Volatile.Read(ref _cuts);
        set => Volatile.Write(ref _cuts, value);
    }

    /// <summary>So many were.</summary>
    public int Cut => Volatile.Read(ref _cut);

    /// <summary>Keeps requests back until it is set.</summary>
    public ManualResetEventSlim GoOn => _goOn;

    /// <summary>Called with each of the requests, before it is passed on.</summary>
    public Action? Passing { get; set; }

    /// <summary>A request came that is kept back.</summary>
    public SemaphoreSlim Kept { get; } = new(0);

    /// <summary>From now on nothing comes through on what is open, and nobody is told; what is opened later works.</summary>
    public void Silence() => Interlocked.Increment(ref _lives);

    /// <summary>Closes everything that is open.</summary>
    public void CutAll()
    {
        while (_open.TryTake(out var socket))
            socket.Dispose();
    }

    public void Dispose()
    {
        _goOn.Set();
        _listener.Stop();
        CutAll();
    }

    private void Accept()
    {
        while (true)
        {
            try
            {
                var client = _listener.AcceptSocket();
                var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
                server.Connect(IPAddress.Loopback, _port());
                _open.Add(client);
                _open.Add(server);
                var pair = new Pair(client, server, Volatile.Read(ref _lives));
                new Thread(() => Pump(pair, isRequest: true)) { IsBackground = true }.Start();
                new Thread(() => Pump(pair, isRequest: false)) { IsBackground = true }.Start();
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException or InvalidOperationException
                or NullReferenceException) // The last where the listener is stopped just now.
            {
                if (!_listener.Server.IsBound)
                    return;
            }
        }
    }

    private void Pump(Pair pair, bool isRequest)
    {
        var (from, to) = isRequest ? (pair.Client, pair.Server) : (pair.Server, pair.Client);
        var buffer = new byte[64 << 10];
        try
        {
            int length;
            while ((length = from.Receive(buffer)) > 0)
            {
                if (pair.Life != Volatile.Read(ref _lives))
                    continue;
                if (isRequest)
                {
                    pair.IsMarked = buffer.AsSpan(0, length).IndexOf(_mark) >= 0;
                    if (pair.IsMarked && !_goOn.IsSet)
                    {
                        Kept.Release();
                        _goOn.Wait();
                    }
                    if (pair.IsMarked)
                        Passing?.Invoke();
                }
                else if (pair.IsMarked && TakeCut())
                {
                    break;
                }
                to.Send(buffer.AsSpan(0, length));
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // One end has gone, so the other goes.
        }
        // What a client has sent reaches the server although the client has gone.
        pair.Client.Dispose();
        pair.Server.Dispose();
    }

    private bool TakeCut()
    {
        while (Volatile.Read(ref _cuts) is > 0 and var left)
        {
            if (Interlocked.CompareExchange(ref _cuts, left - 1, left) != left)
                continue;
            Interlocked.Increment(ref _cut);
            return true;
        }
        return false;
    }

    private sealed class Pair(Socket client, Socket server, int life)
    {
        public int Life => life;

        public Socket Client => client;

        public Socket Server => server;

        public volatile bool IsMarked;
    }
}
