using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Npgsql;
using NpgsqlTypes;
using TaskLocking.Board;
using TaskLocking.Model;
using TaskLocking.Todo2;

namespace TaskLocking.PostgreSql;

/// <summary>
/// Commits that are decided under the lock of the board: one round trip takes it and reads what is new, the next writes the lines, lets go,
/// and makes them last. For what many want at once, or rests on more than can be named; nobody gets in between.
/// </summary>
/// <remarks>
/// Whoever stops in between stops everybody: the server ends a transaction in which nothing is done for some seconds.
/// </remarks>
internal sealed class LockedTurn : ICommitTurn
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(200);

    private readonly PostgresLog _log;
    private readonly BoardCopy _copy;
    private readonly Deadline _deadline;
    private readonly NpgsqlConnection _connection;
    private readonly List<HeldTask> _holds = [];
    private JournalPage? _page;
    private IReadOnlyCollection<string> _sessions = [];
    private bool _isCommitted;
    private bool _isWritten;
    private bool _isHeard;
    private long _version;
    private int _isOver;

    private LockedTurn(PostgresLog log, BoardCopy copy, Deadline deadline, NpgsqlConnection connection)
    {
        _log = log;
        _copy = copy;
        _deadline = deadline;
        _connection = connection;
    }

    /// <summary>Waits for the lock of the board; the turn of the process is the caller's already.</summary>
    /// <exception cref="TaskLockingException">LockTimeout, and what the server said.</exception>
    public static LockedTurn Begin(
        PostgresLog log, Deadline deadline, Action<LockWait>? onWait, Action betweenTries, CancellationToken cancellationToken)
    {
        BoardCopy copy;
        lock (log.Gate)
        {
            if (log.Copy is null)
                _ = log.Follow();
            copy = log.Copy ?? throw new TaskLockingException(RefusalCode.StoreUnavailable, "The board was removed meanwhile.");
        }
        for (var isFirst = true; ; isFirst = false)
        {
            var connection = log.Connections.Open(deadline, cancellationToken);
            try
            {
                var turn = new LockedTurn(log, copy, deadline, connection);
                turn.Take(isFirst ? TimeSpan.FromMilliseconds(50) : Slice);
                return turn;
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException or System.IO.IOException)
            {
                Leave(connection);
                if (SqlFault.KindOf(fault) == SqlFaultKind.Refused)
                    throw SqlFault.Refusal(fault, log.Connections.Address);
                if (deadline.Remaining == TimeSpan.Zero)
                    throw SqlFault.KindOf(fault) == SqlFaultKind.Busy ? log.Busy(deadline)
                        : SqlFault.Refusal(fault, log.Connections.Address);
            }
            betweenTries();
            onWait?.Invoke(new LockWait(log.Connections.Address.Board, Deadline.Since(deadline.Began), LockHolder.Unknown));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public BoardState? CatchUp()
    {
        if (_log.Copy != _copy)
            return null;
        if (_page!.Moved is { } to)
            throw _log.Reader.Moved(to);
        var isSame = _copy.Take(_page);
        if (!isSame || !_page.IsWhole)
        {
            Dispose();
            if (!isSame)
                _log.PutBack(new Deadline(CommitSender.LeastPatience));
            return null;
        }
        _log.Holds.Fresh = _holds;
        return _copy.State;
    }

    public string? FindHeld(IReadOnlyCollection<string> ids, LockSession session)
    {
        _sessions = session.AllNames().ToList();
        return ids.FirstOrDefault(id => _holds.Exists(hold => hold.Task == id && !session.LetsThrough(hold.Session)));
    }

    public bool Append(ref ByteBuffer? line, IAttempt attempt, BoardState state)
    {
        _log.Holds.Fresh = null;
        try
        {
            _version = _copy.Version;
            return line is null || Write(ref line, attempt);
        }
        finally
        {
            Dispose();
        }
    }

    public void MakeDurable(CancellationToken cancellationToken)
    {
        if (!_isWritten) // What was written lasts with the answer that it is.
            _log.MakeSure(_version, _deadline.Timeout, null, cancellationToken);
    }

    public void Conclude(bool hasWritten)
    {
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isOver, 1) != 0)
            return;
        _log.Holds.Fresh = null;
        // What was not committed is rolled back; where even that cannot be said, the server finds the connection gone.
        try
        {
            if (!_isCommitted && _connection.FullState == System.Data.ConnectionState.Open)
                Run("rollback");
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException or System.IO.IOException)
        {
            NpgsqlConnection.ClearPool(_connection);
        }
        Leave(_connection);
        _log.Turn.Release();
    }

    // One that is in a transaction says so to the server before it goes back, which may have gone itself.
    private static void Leave(NpgsqlConnection connection)
    {
        try
        {
            connection.Dispose();
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException or System.IO.IOException)
        {
            // It is not used again.
        }
    }

    private void Take(TimeSpan wait)
    {
        var schema = _log.Connections.Address.Schema;
        var milliseconds = ((int)wait.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        using var batch = _connection.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("begin"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select set_config('synchronous_commit', 'off', true), "
            + $"set_config('lock_timeout', '{milliseconds}', true), set_config('idle_in_transaction_session_timeout', '5s', true), "
            + $"{schema}.is_heard($1)")
        {
            Parameters = { new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Integer, Value = _copy.Id } },
        });
        var ask = new NpgsqlBatchCommand($"select pg_advisory_xact_lock({Migrations.ClassOf(schema)}, $1)");
        ask.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Integer, Value = _copy.Id });
        batch.BatchCommands.Add(ask);
        var since = new NpgsqlBatchCommand(JournalPage.Statement(schema));
        since.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Integer, Value = _copy.Id });
        since.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Bigint, Value = _copy.Version });
        batch.BatchCommands.Add(since);
        var holds = new NpgsqlBatchCommand(ServerLocks.All(schema));
        holds.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Integer, Value = _copy.Id });
        batch.BatchCommands.Add(holds);
        var asked = TimeProvider.System.GetUtcNow();
        using var reader = batch.ExecuteReader();
        reader.Read();
        _isHeard = reader.GetBoolean(3); // behind three settings
        for (var result = 0; result < 2; result++) // behind what the settings and the lock answer
            reader.NextResult();
        _page = JournalPage.Read(reader, _log.Clock, asked);
        reader.NextResult();
        while (reader.Read())
            _holds.Add(HeldTask.Of(reader));
    }

    private bool Write(ref ByteBuffer? line, IAttempt attempt)
    {
        var own = new CommitLine(BoardLine.TextOf(line!), attempt.Keys() with { Reads = null }, attempt.HeldNames);
        var request = new CommitRequest(_copy.Id, _copy.Epoch, _copy.Version, _copy.Cid, [own], _sessions,
            attempt.Above > 0 ? attempt.Version - 1 : 0);
        switch (Write(request, attempt.Version, out var answer))
        {
            case SqlFaultKind.NotYet:
                return false;
            case SqlFaultKind.Unknown:
                _isWritten = new CommitOutcome(_log, _copy, request, answer!).Settle(ref line, attempt, ref _version);
                return _isWritten;
            default:
                break;
        }
        _ = JournalLine.Seal(line!, 0);
        _version = attempt.Version;
        _isWritten = true;
        _log.TellDurable(_version);
        _copy.At(_version, own.Cid);
        return true;
    }

    /// <summary>
    /// Writes lines at the end and makes them last. Null if that was done; NotYet where nothing was written, and another turn is to be
    /// taken; Unknown where the answer was lost, and what it was is known now. Lets go in any case.
    /// </summary>
    /// <param name="request">The lines, decided on what <see cref="CatchUp"/> gave.</param>
    /// <param name="version">That of the first of them.</param>
    /// <param name="answer">What became of them, where it was asked for once more.</param>
    /// <exception cref="TaskLockingException">CommitUncertain; else nothing was written.</exception>
    public SqlFaultKind? Write(CommitRequest request, long version, out CommitAnswer? answer)
    {
        answer = null;
        try
        {
            Insert(request, version);
            return null;
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException or System.IO.IOException)
        {
            var kind = SqlFault.KindOf(fault);
            if (kind == SqlFaultKind.Refused)
                throw SqlFault.Refusal(fault, _log.Connections.Address);
            if (kind != SqlFaultKind.Unknown)
                return SqlFaultKind.NotYet;
            NpgsqlConnection.ClearPool(_connection);
            Dispose();
            answer = _log.Sender.Send(request, TimeSpan.Zero, _deadline, isSent: true)!;
            return kind;
        }
        finally
        {
            Dispose();
        }
    }

    private void Insert(CommitRequest request, long version)
    {
        var schema = _log.Connections.Address.Schema;
        using var batch = _connection.CreateBatch();
        foreach (var line in request.Lines)
        {
            var insert = new NpgsqlBatchCommand($"insert into {schema}.journal(board, version, cid, keys, line) "
                + "values ($1, $2, $3, $4::bigint[], $5)");
            insert.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Integer, Value = request.Board });
            insert.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Bigint, Value = version++ });
            insert.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Uuid, Value = line.Cid });
            insert.Parameters.Add(
                new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = CommitRequest.Literal(line.Keys.Writes) });
            insert.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = line.Text });
            batch.BatchCommands.Add(insert);
        }
        batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
        // A transaction of its own, on the way with the one before: others have the lock while this one is flushed.
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"select {schema}.make_sure()"));
        var isReplicated = true;
        _connection.Notice += Hear;
        try
        {
            batch.ExecuteNonQuery();
        }
        finally
        {
            _connection.Notice -= Hear;
        }
        _isCommitted = true;
        if (!isReplicated)
            throw new TimeoutException("the wait for a standby was broken off");
        if (_isHeard)
            Tell(request.Board, version - 1);

        void Hear(object sender, NpgsqlNoticeEventArgs e) => isReplicated &= e.Notice.SqlState != SqlFault.NotReplicated;
    }

    // Whoever listens and is not told looks a bit later.
    private void Tell(int board, long version)
    {
        try
        {
            using var command = new NpgsqlCommand($"select {_log.Connections.Address.Schema}.tell($1, $2)", _connection);
            CommitRequest.Add(command, NpgsqlDbType.Integer, board);
            CommitRequest.Add(command, NpgsqlDbType.Bigint, version);
            command.ExecuteNonQuery();
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException or System.IO.IOException)
        {
            NpgsqlConnection.ClearPool(_connection);
        }
    }

    private void Run(string statement)
    {
        using var command = new NpgsqlCommand(statement, _connection);
        command.ExecuteNonQuery();
    }
}
