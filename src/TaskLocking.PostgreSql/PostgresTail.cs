using System;
using System.Collections.Generic;
using System.Threading;
using Npgsql;
using NpgsqlTypes;
using TaskLocking.Board;
using TaskLocking.Model;
using TaskLocking.Todo2;

namespace TaskLocking.PostgreSql;

/// <summary>The commits of a board in a database as they come.</summary>
/// <remarks>
/// Lines become visible in the order of their versions, so what is read is without a gap; before it is told it is made to last. With the
/// lines comes the one that was read last: where it is another, or gone, the database has been put back.
/// </remarks>
internal sealed class PostgresTail : ICommitTail
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);

    private readonly PostgresLog _log;
    private readonly Queue<JournalRow> _rows = new();
    private int _board; // 0 as long as there is none
    private Guid? _cid; // of the line of the version; null where nothing was read yet

    private PostgresTail(PostgresLog log) => _log = log;

    public long Version { get; private set; }

    private string Schema => _log.Connections.Address.Schema;

    /// <inheritdoc cref="ITaskStore.OpenTail"/>
    public static PostgresTail Open(PostgresLog log, long? after)
    {
        var tail = new PostgresTail(log);
        var newest = tail.GoToEnd();
        if (after is { } behind && behind != newest)
            tail.GoBehind(behind, newest);
        return tail;
    }

    public IReadOnlyList<TaskEvent> Read(int atMost, CancellationToken cancellationToken)
    {
        if (_rows.Count == 0 && !TryFetch(cancellationToken))
            return [Reset()];
        var events = new List<TaskEvent>();
        while (events.Count < atMost && _rows.Count > 0)
        {
            var row = _rows.Dequeue();
            events.Add(EventLine.Read(BoardLine.Of(row.Version, row.Text).Span));
            (Version, _cid) = (row.Version, row.Cid);
        }
        return events;
    }

    public bool Wait(TimeSpan atMost, CancellationToken cancellationToken)
    {
        var deadline = new Deadline(atMost);
        for (var pause = ShortestPause; ; pause = pause < LongestPause ? pause + pause / 2 : pause)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_rows.Count > 0 || (_board == 0 && GoToFirst()))
                return true;
            if (_board != 0)
            {
                var byRelay = _log.Relay?.Wait(_board, Version, deadline.Remaining, cancellationToken);
                if (byRelay ?? Newest(cancellationToken) != Version)
                    return true;
                if (byRelay is not null && deadline.Remaining != TimeSpan.Zero)
                    continue;
            }
            if (deadline.Remaining == TimeSpan.Zero)
                return false;
            ServerConnections.Rest(pause, deadline, cancellationToken);
        }
    }

    public void Dispose()
    {
    }

    // The newest version; from there on all is new.
    private long GoToEnd()
    {
        lock (_log.Gate)
        {
            var version = _log.Follow()!.Version;
            if (_log.Copy is { } copy)
                (_board, _cid) = (copy.Id, copy.Cid);
            return Version = version;
        }
    }

    // A board that was not there when this began, and is there now.
    private bool GoToFirst()
    {
        lock (_log.Gate)
        {
            _ = _log.Follow();
            _board = _log.Copy?.Id ?? 0;
        }
        return _board != 0;
    }

    private void GoBehind(long after, long newest)
    {
        var first = Math.Max(after, 0);
        var found = _board == 0 ? null : Ask(
            "(select min(j.version) from {0}.journal j where j.board = $1), "
            + "(select j.cid from {0}.journal j where j.board = $1 and j.version = $2)", first);
        var (oldest, cid) = found ?? (null, null);
        var isKept = after == TailVersion.Oldest || cid is not null || (oldest is { } known && after == known - 1);
        if (!isKept)
            throw TailRefusal.Lost(after, newest);
        (Version, _cid) = (after == TailVersion.Oldest ? (oldest ?? newest + 1) - 1 : after, after == TailVersion.Oldest ? null : cid);
    }

    private long Newest(CancellationToken cancellationToken) => _log.Connections.Retry(
        connection =>
        {
            using var command = new NpgsqlCommand(
                $"select j.version from {Schema}.journal j where j.board = $1 order by j.version desc limit 1", connection);
            CommitRequest.Add(command, NpgsqlDbType.Integer, _board);
            return command.ExecuteScalar() is long version ? version : 0;
        },
        new Deadline(Patience), cancellationToken);

    private (long? Oldest, Guid? Cid)? Ask(string columns, long version) => _log.Connections.Retry<(long?, Guid?)?>(
        connection =>
        {
            using var command = new NpgsqlCommand("select " + columns.Replace("{0}", Schema, StringComparison.Ordinal), connection);
            CommitRequest.Add(command, NpgsqlDbType.Integer, _board);
            CommitRequest.Add(command, NpgsqlDbType.Bigint, version);
            using var reader = command.ExecuteReader();
            reader.Read();
            long? oldest = reader.IsDBNull(0) ? null : reader.GetInt64(0);
            Guid? cid = reader.IsDBNull(1) ? null : reader.GetFieldValue<Guid>(1);
            return (oldest, cid);
        },
        new Deadline(Patience));

    // False where it is another life of the database: what was read last is not there, or another.
    private bool TryFetch(CancellationToken cancellationToken)
    {
        if (_board == 0 && !GoToFirst())
            return true;
        var page = (_cid is null ? null : _log.Relay?.Follow(_board, 0, Version, _log.Clock, new Deadline(Patience)))
            ?? _log.Connections.Retry(
            connection =>
            {
                using var command = new NpgsqlCommand(JournalPage.Statement(Schema), connection);
                CommitRequest.Add(command, NpgsqlDbType.Integer, _board);
                CommitRequest.Add(command, NpgsqlDbType.Bigint, _cid is null ? Version + 1 : Version);
                var asked = TimeProvider.System.GetUtcNow();
                using var reader = command.ExecuteReader();
                return JournalPage.Read(reader, _log.Clock, asked);
            },
            new Deadline(Patience), cancellationToken);
        if (page.Moved is { } to)
            throw _log.Reader.Moved(to);
        if (page.Epoch is null || (_cid is { } cid && (page.Rows.Count == 0 || page.Rows[0].Cid != cid)))
            return false;
        var last = page.Rows.Count > 0 ? page.Rows[^1] : default;
        if (last.Version > Version && !_log.IsDurable(last.Version)
            && !_log.TryMakeSure(_board, last.Version, last.Cid, Patience, cancellationToken))
            return true; // The server was started anew in between; what is there now is read again.
        foreach (var row in page.Rows)
        {
            if (row.Version > Version)
                _rows.Enqueue(row);
        }
        return true;
    }

    private TaskEvent Reset()
    {
        _rows.Clear();
        (_board, _cid) = (0, null);
        GoToEnd();
        return TaskEvent.Reset(Version, "the database was put back to an earlier state, or is another");
    }
}
