using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using TaskLocking.PostgreSql;

namespace TaskLocking;

/// <summary>
/// The relay of a user on a machine: commits of his processes to boards in PostgreSQL that wait at the same time go through it in one call,
/// and what others commit is fetched once for all of them. Processes find it by themselves and need it for nothing: where it ends, they go
/// to the server, and what was on its way is done once.
/// </summary>
/// <remarks>
/// Who may connect to it is the same user, which both ends see to; it connects to servers as he does who started it, by the address that a
/// caller names, with his ~/.pgpass and environment. It says nothing that it did not read from the server, keeps nothing, and decides
/// nothing.
/// </remarks>
public sealed class PostgresRelay : IDisposable
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly RelayPlace _place;
    private readonly FileStream _lock;
    private readonly Socket? _listener;
    private readonly ConcurrentDictionary<string, RelayBoard> _boards = new(StringComparer.Ordinal);
    private readonly HashSet<Caller> _callers = []; // it guards itself
    private volatile bool _isOver;

    private PostgresRelay(RelayPlace place, FileStream locked, Socket? listener)
    {
        _place = place;
        _lock = locked;
        _listener = listener;
    }

    /// <summary>Where it is met: the path of a socket, or the name of a pipe.</summary>
    public string Place => _place.Name;

    /// <summary>How many boards were asked for.</summary>
    internal int Boards => _boards.Count;

    /// <summary>How many commits wait for the next call.</summary>
    internal int Waiting
    {
        get
        {
            var waiting = 0;
            foreach (var board in _boards.Values)
                waiting += board.Waiting;
            return waiting;
        }
    }

    /// <summary>Becomes the relay of this user and machine.</summary>
    /// <param name="address">The address of a board that is looked at first, so that a name or a right that is missing is told at once;
    /// null for none. Other boards are served as well.</param>
    /// <exception cref="TaskLockingException">StoreUnavailable: one runs already, TASKLOCKING_RELAY is off, there is no place for one, or
    /// the server cannot be used; UnsafeFile: its folder is another user's; InvalidArgument, AccessDenied.</exception>
    public static PostgresRelay Start(string? address = null) => Start(
        RelayPlace.Find() ?? throw new TaskLockingException(RefusalCode.StoreUnavailable,
            $"There is no place for a relay: {RelayPlace.Variable} is off, or neither XDG_RUNTIME_DIR nor HOME names a folder."),
        address);

    internal static PostgresRelay Start(RelayPlace place, string? address)
    {
        if (address is not null)
        {
            var parsed = ServerAddress.Parse(address);
            _ = new RelayBoard(parsed).Begin();
        }
        if (place.Occupy() is var (locked, listener))
            return new PostgresRelay(place, locked, listener);
        throw new TaskLockingException(RefusalCode.StoreUnavailable, $"A relay runs already at '{place.Name}', and one is enough for all "
            + "boards. To start another in its place, end it first.");
    }

    /// <summary>Serves until it is told to end; then whoever is waiting for an answer gets it, for five seconds at most.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public void Run(CancellationToken cancellationToken)
    {
        new Thread(Accept) { IsBackground = true, Name = "tasklock relay" }.Start();
        cancellationToken.WaitHandle.WaitOne();
        _isOver = true;
        _listener?.Dispose();
        _place.Leave();
        lock (_callers)
        {
            foreach (var caller in _callers)
                caller.End();
            for (var deadline = DateTime.UtcNow + Farewell; _callers.Count > 0 && DateTime.UtcNow < deadline;)
                Monitor.Wait(_callers, TimeSpan.FromMilliseconds(100));
        }
    }

    /// <summary>Lets another one be the relay.</summary>
    public void Dispose()
    {
        _isOver = true;
        _listener?.Dispose();
        if (_lock.CanRead)
            _place.Leave();
        _lock.Dispose();
    }

    private void Accept()
    {
        while (!_isOver)
        {
            try
            {
                if (_place.Accept(_listener) is { } link)
                    Add(new Caller(this, link));
            }
            catch (Exception fault) when (RelayLink.IsEnd(fault) || fault is UnauthorizedAccessException)
            {
                if (!_isOver)
                    Thread.Sleep(TimeSpan.FromMilliseconds(50)); // There is no room for one more, say.
            }
        }
    }

    private void Add(Caller caller)
    {
        lock (_callers)
        {
            _callers.Add(caller);
            if (_isOver)
                caller.End();
        }
        new Thread(caller.Serve, 1 << 19) { IsBackground = true, Name = "tasklock relay caller" }.Start();
    }

    private void Remove(Caller caller)
    {
        lock (_callers)
        {
            _callers.Remove(caller);
            Monitor.PulseAll(_callers);
        }
    }

    // The whole address is the key, with the user and all settings.
    private RelayBoard BoardOf(string text)
    {
        var address = ServerAddress.Parse(text);
        lock (_boards)
        {
            foreach (var (key, idle) in _boards)
            {
                if (idle.IsIdle)
                    _boards.TryRemove(key, out _);
            }
            var board = _boards.GetOrAdd($"{address.Connection}\n{address.Schema}\n{address.Board}", _ => new RelayBoard(address));
            board.Come();
            return board;
        }
    }

    private sealed class Caller(PostgresRelay relay, RelayLink link)
    {
        private readonly object _gate = new();
        private RelayBoard? _board;
        private bool _isServed;
        private bool _isOver;

        /// <summary>Ends the way as soon as nothing is answered on it.</summary>
        public void End()
        {
            lock (_gate)
            {
                _isOver = true;
                if (!_isServed)
                    link.Dispose();
            }
        }

        public void Serve()
        {
            try
            {
                while (Begin(link.Receive(Timeout.InfiniteTimeSpan)) is { } message)
                {
                    Answer(message);
                    lock (_gate)
                    {
                        _isServed = false;
                        if (_isOver)
                            break;
                    }
                }
            }
            catch (Exception fault) when (RelayLink.IsEnd(fault) || fault is ArgumentException or FormatException)
            {
                // It has gone, or is none of ours.
            }
            finally
            {
                link.Dispose();
                _board?.Leave();
                relay.Remove(this);
            }
        }

        private BinaryReader? Begin(BinaryReader message)
        {
            lock (_gate)
            {
                _isServed = !_isOver;
                return _isOver ? null : message;
            }
        }

        private void Answer(BinaryReader message)
        {
            var verb = (RelayVerb)message.ReadByte();
            if (verb != RelayVerb.Hello && _board is null)
                throw new InvalidDataException("It has not said what it is about.");
            Action<BinaryWriter> answer;
            try
            {
                answer = verb switch
                {
                    RelayVerb.Hello => Hello(message),
                    RelayVerb.Begin => Begin(_board!),
                    RelayVerb.Follow => Follow(_board!, message),
                    RelayVerb.Commit => Commit(_board!, message),
                    RelayVerb.MakeSure => Says(_board!.MakeSure(message.ReadInt32(), message.ReadInt64(), message.ReadCid() ?? Guid.Empty)),
                    RelayVerb.Wait => Says(_board!.Wait(message.ReadInt32(), message.ReadInt64(),
                        TimeSpan.FromMilliseconds(Math.Clamp(message.ReadInt32(), 0, 1_000)))),
                    _ => throw new InvalidDataException("It speaks otherwise."),
                };
            }
            catch (Exception fault) when (fault is TaskLockingException or Npgsql.NpgsqlException or TimeoutException)
            {
                answer = Says(null); // What there is to be told, the server tells.
            }
            link.Send(answer);
        }

        private Action<BinaryWriter> Hello(BinaryReader message)
        {
            // Who sees another network or other files means another server by the same name.
            if (message.ReadInt32() != RelayWire.Version || message.ReadString() != RelayPlace.Surroundings || _board is not null)
                return Says(null);
            _board = relay.BoardOf(message.ReadString());
            return writer =>
            {
                writer.Write((byte)RelayReply.Here);
                writer.Write(Environment.ProcessId);
            };
        }

        private static Action<BinaryWriter> Begin(RelayBoard board)
        {
            if (board.Begin() is not var (id, epoch, version, cid, body))
                return Says(null);
            return writer =>
            {
                writer.Write((byte)RelayReply.Here);
                writer.Write(id);
                writer.Write(epoch);
                writer.Write(version);
                writer.Write(cid);
                writer.Write(body.Length);
                writer.Write(body);
            };
        }

        private static Action<BinaryWriter> Follow(RelayBoard board, BinaryReader message)
        {
            if (board.Follow(message.ReadInt32(), message.ReadInt64(), message.ReadInt64(), out var told) is not { } page)
                return Says(null);
            return writer =>
            {
                writer.Write((byte)RelayReply.Here);
                writer.Write(told.Least.Ticks);
                writer.Write(told.Most.Ticks);
                writer.Write(page.Epoch!.Value);
                writer.Write(page.Moved ?? "");
                writer.Write(page.Rows);
            };
        }

        private static Action<BinaryWriter> Commit(RelayBoard board, BinaryReader message)
        {
            var call = new RelayCall(message.ReadRequest());
            board.Commit(call);
            return writer =>
            {
                writer.Write((byte)(call.Reply ?? RelayReply.Unknown));
                if (call.Reply == RelayReply.Here)
                    writer.Write(call.Answer!);
            };
        }

        private static Action<BinaryWriter> Says(bool? said) => writer => writer.Write((byte)(said switch
        {
            true => RelayReply.Here,
            false => RelayReply.No,
            _ => RelayReply.AskServer,
        }));
    }
}
