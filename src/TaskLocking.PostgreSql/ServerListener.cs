using System;
using System.Threading;
using Npgsql;
using NpgsqlTypes;
using TaskLocking.Model;

namespace TaskLocking.PostgreSql;

/// <summary>
/// Hears of changes of a board, on a connection and a thread of its own, from the first wait on. A hint: what is waited for is always
/// looked for as well, only less often while it hears. That it hears is proved every ten seconds by telling it something; behind a pooler,
/// which gives the connection to others, it hears nothing, and is not asked for a while.
/// </summary>
internal sealed class ServerListener : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Proof = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(60);

    private readonly ServerConnections _connections;
    private readonly Guid _id = Guid.NewGuid();
    private readonly object _gate = new();
    private Deadline _asked = new(Idle);
    private Deadline _deaf = new(TimeSpan.Zero);
    private int _board;
    private bool _isRunning;
    private bool _isOver;
    private bool _hears;
    private long _heard;
    private Guid _echo;
    private Guid _echoed;

    public ServerListener(ServerConnections connections) => _connections = connections;

    /// <summary>How often something was heard.</summary>
    public long Heard => Interlocked.Read(ref _heard);

    /// <summary>Whether it would hear of a change now.</summary>
    public bool Hears => Volatile.Read(ref _hears);

    /// <summary>Whether it has found out yet that it hears, or that it does not.</summary>
    public bool HasProved { get; private set; }

    /// <summary>Begins to listen, or goes on; where that is in vain for now it does nothing.</summary>
    public void Want(int board)
    {
        if (!_connections.Address.Listens)
            return;
        lock (_gate)
        {
            _asked = new Deadline(Idle);
            if (_isRunning || _isOver || board == 0 || _deaf.Remaining > TimeSpan.Zero)
                return;
            _isRunning = true;
            _board = board;
            new Thread(Run) { IsBackground = true, Name = "tasklock listener" }.Start();
        }
    }

    /// <summary>Waits until something was heard since, or the time is over.</summary>
    public void Wait(long since, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var woken = cancellationToken.Register(() =>
        {
            lock (_gate)
                Monitor.PulseAll(_gate);
        });
        var deadline = new Deadline(atMost);
        lock (_gate)
        {
            while (_heard == since && deadline.Remaining is var left && left > TimeSpan.Zero && !cancellationToken.IsCancellationRequested)
                Monitor.Wait(_gate, left);
        }
        cancellationToken.ThrowIfCancellationRequested();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void Run()
    {
        try
        {
            using var connection = _connections.OpenAlone();
            connection.Notification += Hear;
            Execute(connection, $"listen {_connections.Address.Schema}");
            while (Prove(connection) && !IsOver())
            {
                var until = new Deadline(Period);
                // In slices, for nothing else ends such a wait.
                while (until.Remaining is var left && left > TimeSpan.Zero && !IsOver())
                    connection.Wait(left < TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1));
            }
            using var command = new NpgsqlCommand(
                $"delete from {_connections.Address.Schema}.listener where board = $1 and id = $2", connection);
            CommitRequest.Add(command, NpgsqlDbType.Integer, _board);
            CommitRequest.Add(command, NpgsqlDbType.Uuid, _id);
            command.ExecuteNonQuery();
        }
        catch (Exception fault) when (fault is TaskLockingException or NpgsqlException or TimeoutException or System.IO.IOException
            or InvalidOperationException or ObjectDisposedException)
        {
            // Then nobody listens for a while.
        }
        finally
        {
            lock (_gate)
            {
                _deaf = new Deadline(_hears ? TimeSpan.FromSeconds(1) : Rest);
                Volatile.Write(ref _hears, false);
                _isRunning = false;
                HasProved = true;
                _heard++; // Whoever waits looks as often as without.
                Monitor.PulseAll(_gate);
            }
        }
    }

    // Renews the lease, and has itself told something on another connection: behind a pooler that does not come here.
    private bool Prove(NpgsqlConnection connection)
    {
        _echo = Guid.NewGuid();
        var schema = _connections.Address.Schema;
        using (var lease = new NpgsqlCommand($"select {schema}.listen_for($1, $2)", connection))
        {
            CommitRequest.Add(lease, NpgsqlDbType.Integer, _board);
            CommitRequest.Add(lease, NpgsqlDbType.Uuid, _id);
            lease.ExecuteNonQuery();
        }
        _connections.Retry(
            other =>
            {
                Execute(other, $"select pg_notify('{schema}', '{_echo}')");
                return 0;
            },
            new Deadline(TimeSpan.Zero));
        for (var until = new Deadline(Proof); _echoed != _echo && until.Remaining is var left && left > TimeSpan.Zero;)
            connection.Wait(left);
        var hears = _echoed == _echo;
        Volatile.Write(ref _hears, hears);
        HasProved = true;
        return hears;
    }

    private bool IsOver()
    {
        lock (_gate)
            return _isOver || _asked.Remaining == TimeSpan.Zero;
    }

    private void Hear(object sender, NpgsqlNotificationEventArgs told)
    {
        if (Guid.TryParse(told.Payload, out var echo))
        {
            if (echo == _echo)
                _echoed = echo;
            return;
        }
        var blank = told.Payload.IndexOf(' ', StringComparison.Ordinal);
        if (blank < 0 || !int.TryParse(told.Payload.AsSpan(0, blank), out var board) || board != _board)
            return;
        lock (_gate)
        {
            _heard++;
            Monitor.PulseAll(_gate);
        }
    }

    private static void Execute(NpgsqlConnection connection, string statement)
    {
        using var command = new NpgsqlCommand(statement, connection);
        command.ExecuteNonQuery();
    }
}
