using System;
using System.Collections.Generic;
using System.Threading;
using Npgsql;
using NpgsqlTypes;
using TaskLocking.Board;
using TaskLocking.Model;

namespace TaskLocking.PostgreSql;

/// <summary>
/// The commits of a board in PostgreSQL. Nothing is asked of the server before the first use. Where the other log has a folder, this one
/// has a copy of the board in memory, up to some line, and asks for what came since.
/// </summary>
/// <remarks>
/// Commits that wait at the same time are mostly one call (<see cref="CommitGroup"/>): they are decided on the copy, sent with what they
/// rest on, and refused if that has changed; then, and where many want the same, the lock of the board is taken first
/// (<see cref="LockedTurn"/>). One turn at a time in a process: who has the lock of the board waits for the gate, so nobody may wait for
/// that lock with the gate in his hands. The gate is held while the server is asked
/// for what is new, so what reads in the same process waits for that.
/// </remarks>
internal sealed class PostgresLog : ICommitLog
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(200);

    private readonly StoreNotices _notices = new();
    private readonly ServerReader _reader;
    private readonly TimeSpan _patience;
    private long _durable;

    /// <param name="address">Where it is.</param>
    /// <param name="clock">Is told the time of the database.</param>
    /// <param name="patience">The longest wait of a read; null for the default.</param>
    /// <param name="relay">The relay of this machine; null for none.</param>
    public PostgresLog(ServerAddress address, ServerClock clock, TimeSpan? patience = null, RelayClient? relay = null)
    {
        Relay = relay;
        Clock = clock;
        _patience = patience ?? Patience;
        Connections = new ServerConnections(address, _patience);
        _reader = new ServerReader(Connections, clock, _notices, relay);
        Archive = new ServerArchive(Connections, () => Copy?.Id);
        Holds = new ServerLocks(this, _notices);
        Sender = new CommitSender(Connections, address.Schema, relay);
        Group = new CommitGroup(this);
        Listener = new ServerListener(Connections);
    }

    public object Gate { get; } = new();

    public ITaskLocks Locks => Holds;

    public ITaskArchive Archive { get; }

    public ServerLocks Holds { get; }

    public ServerConnections Connections { get; }

    public CommitSender Sender { get; }

    public ServerReader Reader => _reader;

    public ServerListener Listener { get; }

    /// <summary>The relay of this machine, which need not run; null where none is to be used.</summary>
    public RelayClient? Relay { get; }

    /// <summary>The longest wait for an answer that a person waits for.</summary>
    public Deadline ReadDeadline => new(_patience < CommitSender.LeastPatience && _patience >= TimeSpan.Zero ? _patience
        : CommitSender.LeastPatience);

    public ServerClock Clock { get; }

    /// <summary>Taken by whoever appends; before the gate.</summary>
    public SemaphoreSlim Turn { get; } = new(1);

    /// <summary>What is known of the board; null before the first look, and where there is none. Under the gate.</summary>
    public BoardCopy? Copy { get; private set; }

    public bool HasBegun => Copy is not null;

    public void RefuseUnsafe()
    {
    }

    public ITaskState Read(CancellationToken cancellationToken)
    {
        // Whoever asks the server for something has the gate.
        var deadline = new Deadline(_patience);
        if (!Monitor.TryEnter(Gate, deadline.Timeout == TimeSpan.Zero ? ServerConnections.LeastPatience : deadline.Timeout))
            throw Silent(deadline);
        try
        {
            var state = Follow(deadline);
            state.Tidy();
            return state.Snapshot();
        }
        finally
        {
            Monitor.Exit(Gate);
        }
    }

    public BoardState? Peek() => Copy?.State;

    public BoardState? Follow() => Follow(new Deadline(_patience));

    private BoardState Follow(Deadline deadline)
    {
        while (true)
        {
            if ((Copy ??= _reader.Begin(deadline)) is not { } copy)
                return new BoardState();
            if (_reader.CatchUp(copy, deadline))
            {
                _reader.Save(copy, deadline);
                return copy.State;
            }
            PutBack(deadline);
        }
    }

    public TimeSpan Begin(TimeSpan remaining, Action<LockWait>? onWait, CancellationToken cancellationToken)
    {
        var began = new Deadline(remaining > CommitSender.LeastPatience ? remaining : CommitSender.LeastPatience);
        Connections.Retry(
            connection =>
            {
                using var command = new NpgsqlCommand($"insert into {Connections.Address.Schema}.board(name, place) "
                    + $"values ($1, {Connections.Address.Schema}.place()) on conflict (name) do nothing", connection);
                CommitRequest.Add(command, NpgsqlDbType.Text, Connections.Address.Board);
                return command.ExecuteNonQuery();
            },
            began, cancellationToken);
        lock (Gate)
            _ = Follow();
        return Deadline.Since(began.Began);
    }

    public void Rehearse(IAttempt attempt, LockSession session)
    {
    }

    public CommitGroup Group { get; }

    ICommitGroup? ICommitLog.Group => Group;

    public ICommitTurn Lock(TimeSpan remaining, Action<LockWait>? onWait, Action betweenTries, CancellationToken cancellationToken)
    {
        var deadline = new Deadline(remaining);
        TakeTurn(deadline, onWait, betweenTries, cancellationToken);
        try
        {
            return LockedTurn.Begin(this, deadline, onWait, betweenTries, cancellationToken);
        }
        catch
        {
            Turn.Release();
            throw;
        }
    }

    /// <summary>Waits until nobody else of this process appends.</summary>
    /// <exception cref="TaskLockingException">LockTimeout.</exception>
    public void TakeTurn(Deadline deadline, Action<LockWait>? onWait, Action betweenTries, CancellationToken cancellationToken)
    {
        while (!Turn.Wait(Slice, cancellationToken))
        {
            betweenTries();
            onWait?.Invoke(new LockWait(Connections.Address.Board, Deadline.Since(deadline.Began), LockHolder.Unknown));
            if (deadline.Remaining == TimeSpan.Zero)
                throw Busy(deadline);
        }
    }

    public void WaitUntilFree(
        string id, LockSession session, Deadline deadline, Action<LockWait>? onWait, CancellationToken cancellationToken)
    {
        if (ArchivePart.Of(id) is { } part)
            throw new TaskLockingException(RefusalCode.StoreUnavailable, $"The part '{part}' of the archive of the board "
                + $"'{Connections.Address.Board}', which this commit would have named, was taken away, for nobody had named it for a day. "
                + "Nothing was changed: try again.");
        Holds.WaitUntilFree(id, session, deadline, onWait, cancellationToken);
    }

    public void MakeSure(long version, TimeSpan timeout, Action<LockWait>? onWait, CancellationToken cancellationToken)
    {
        if (IsDurable(version))
            return;
        int board;
        long newest;
        Guid? cid;
        lock (Gate)
            (board, newest, cid) = (Copy?.Id ?? 0, Copy?.Version ?? 0, Copy?.Cid);
        if (!TryMakeSure(board, newest, cid, timeout, cancellationToken) || newest < version)
            throw new TaskLockingException(RefusalCode.CommitUncertain,
                "What the answer rests on was lost in a crash of the server. Look again.");
    }

    /// <summary>
    /// Sees to it that a line lasts, and all before it; false where it does not, for the server was started anew before: only that the line
    /// is there, in the transaction that flushes, tells that it is this server on which it was written.
    /// </summary>
    /// <exception cref="TaskLockingException">CommitUncertain where the server cannot be asked.</exception>
    public bool TryMakeSure(int board, long version, Guid? cid, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var deadline = new Deadline(timeout > CommitSender.LeastPatience || timeout < TimeSpan.Zero ? timeout : CommitSender.LeastPatience);
        try
        {
            var isThere = (cid is { } line ? Relay?.MakeSure(board, version, line, deadline) : null)
                ?? AskDurable(Connections, board, version, cid, deadline, cancellationToken);
            if (isThere)
                TellDurable(version);
            return isThere;
        }
        catch (TaskLockingException fault)
        {
            throw new TaskLockingException(new Refusal(RefusalCode.CommitUncertain,
                $"What was answered may not last: {fault.Message}"), fault);
        }
    }

    /// <summary>Has the server flush, and tells whether it has the line; of version 0 it has.</summary>
    public static bool AskDurable(
        ServerConnections connections, int board, long version, Guid? cid, Deadline deadline, CancellationToken cancellationToken) =>
        connections.Retry(
            connection =>
            {
                var schema = connections.Address.Schema;
                using var command = new NpgsqlCommand($"select {schema}.make_sure(), $2 = 0 or exists (select 1 "
                    + $"from {schema}.journal j where j.board = $1 and j.version = $2 and j.cid = $3)", connection);
                CommitRequest.Add(command, NpgsqlDbType.Integer, board);
                CommitRequest.Add(command, NpgsqlDbType.Bigint, version);
                CommitRequest.Add(command, NpgsqlDbType.Uuid, cid is { } known ? known : DBNull.Value);
                var isReplicated = true;
                connection.Notice += Hear;
                try
                {
                    using var reader = command.ExecuteReader();
                    reader.Read();
                    var isThere = reader.GetBoolean(1);
                    while (reader.NextResult()) // The end of the transaction is the end of the answer.
                    {
                    }
                    return isReplicated ? isThere : throw new TimeoutException("the wait for a standby was broken off");
                }
                finally
                {
                    connection.Notice -= Hear;
                }

                void Hear(object sender, NpgsqlNoticeEventArgs e) => isReplicated &= e.Notice.SqlState != SqlFault.NotReplicated;
            },
            deadline, cancellationToken);

    /// <summary>Whether a version is known to last.</summary>
    public bool IsDurable(long version) => version <= Volatile.Read(ref _durable);

    /// <summary>All up to this version lasts.</summary>
    public void TellDurable(long version)
    {
        if (version > Volatile.Read(ref _durable))
            Volatile.Write(ref _durable, version);
    }

    public void LeaveFailed()
    {
        // What did not last was never taken in.
    }

    public bool WaitForChange(long version, TimeSpan atMost, CancellationToken cancellationToken) =>
        new ServerChangeWait(this).Run(version, atMost, cancellationToken);

    public ICommitTail OpenTail(long? after) => PostgresTail.Open(this, after);

    public SyncReport Sync(CommitOptions options, CancellationToken cancellationToken)
    {
        var swept = Holds.Sweep(new Deadline(options.Timeout ?? Patience), cancellationToken);
        var state = (StateSnapshot)Read(cancellationToken);
        if (Copy is not null)
            Archive.Sweep(state.Archive, Clock.GetUtcNow());
        MakeSure(state.Version, options.Timeout ?? Patience, options.OnWait, cancellationToken);
        return new SyncReport(state.Version, state.Count, 0, [], swept, false) { NotUnderstood = TodoAudit.Run(state) };
    }

    public void Tell(StoreNotice notice) => _notices.Add(notice);

    public IReadOnlyList<StoreNotice> TakeNotices() => _notices.Take();

    /// <summary>Forgets what is known: the database is another. Under the gate.</summary>
    public void PutBack(Deadline deadline)
    {
        if (Copy is { } lost)
        {
            // Where that cannot be said now, the copy is found to be another's once more.
            _reader.Fence(lost.Id, lost.Epoch, lost.Version, deadline);
            Copy = null;
            Volatile.Write(ref _durable, 0);
        }
        Copy = _reader.Begin(deadline);
    }

    private TaskLockingException Silent(Deadline deadline) => new(RefusalCode.StoreUnavailable,
        $"The server of the board '{Connections.Address.Board}' has not answered for {deadline.Timeout.TotalSeconds:0.###} s.");

    /// <summary>The refusal where somebody has the lock of the board for too long.</summary>
    public TaskLockingException Busy(Deadline deadline)
    {
        var holder = Holds.FindBusy();
        return new TaskLockingException(new Refusal(RefusalCode.LockTimeout,
            $"Lock timeout after {deadline.Timeout.TotalSeconds:0.###}s: {holder ?? "somebody"} commits to the board "
            + $"'{Connections.Address.Board}'.")
        { RetryAfter = TimeSpan.FromSeconds(1) });
    }

    public void Dispose()
    {
        Holds.Dispose();
        Listener.Dispose();
        Relay?.Dispose();
    }
}
