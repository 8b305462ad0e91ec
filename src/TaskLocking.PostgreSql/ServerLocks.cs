using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Npgsql;
using NpgsqlTypes;
using TaskLocking.Board;
using TaskLocking.Model;

namespace TaskLocking.PostgreSql;

/// <summary>
/// The locks of a board's tasks: leases of 30 seconds in the database, which their holders renew. That of a process of this machine that
/// has ended is taken away at once; of others the time decides, by the clock of the database.
/// </summary>
internal sealed class ServerLocks(PostgresLog log, StoreNotices notices) : ITaskLocks, IDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan FirstReport = TimeSpan.FromMilliseconds(200);

    private readonly List<ServerHold> _open = [];

    /// <summary>The places at resources.</summary>
    public ServerResources Resources { get; } = new(log);

    /// <summary>The holds as they are while the lock of the board is ours: nobody takes one meanwhile. Null at other times.</summary>
    public IReadOnlyList<HeldTask>? Fresh { get; set; }

    private string Schema => log.Connections.Address.Schema;

    /// <summary>The statement for all holds of a board, in the order of their tasks.</summary>
    public static string All(string schema) =>
        $"select h.task, h.session, h.holder from {schema}.hold h where h.board = $1 and {schema}.lives(h.expires) order by h.task";

    public TaskHold Hold(
        IReadOnlyList<HoldItem> items, LockSession session, HoldOptions options, CancellationToken cancellationToken = default)
    {
        var ordered = session.InOrder(items);
        var deadline = new Deadline(options.Timeout ?? TimeSpan.FromSeconds(ordered.Length > 1 ? 10 : 5));
        var holder = new LockHolder(
            Environment.ProcessId, options.Agent, Environment.MachineName, DateTimeOffset.UtcNow, options.Doing);
        var start = ProcessLiveness.StartOf(Environment.ProcessId);
        var board = BoardId();
        var json = HolderJson.Write(holder, start);
        while (Take(board, ordered, session, json, deadline) is var (item, owner))
        {
            // A parent that holds it waits for us to end: waiting for it would never end.
            if (session.LetsThrough(owner))
                throw HoldRefusals.Recursion(item);
            if (item.IsResource)
                Resources.WaitForRoom(board, item, deadline, options.OnWait, cancellationToken);
            else
                WaitUntilFree(item.Name, session, deadline, options.OnWait, cancellationToken);
        }
        var held = new ServerHold(this, board, session.Id, ordered, start);
        lock (_open)
            _open.Add(held);
        return TaskHold.Begin(session, ordered, held, holder, Deadline.Since(deadline.Began));
    }

    public IReadOnlyList<ResourceUse> GetResources() => Resources.Used();

    public string? FindHeld(IEnumerable<string> ids, LockSession session)
    {
        var wanted = ids.ToList();
        var holds = Fresh ?? Held(wanted, log.ReadDeadline);
        return wanted.Find(id => holds.Any(hold => hold.Task == id && !session.LetsThrough(hold.Session)));
    }

    public LockHolder HolderOf(string id) => Held([id], new Deadline(CommitSender.LeastPatience)) is [var held]
        ? HolderJson.Read(held.Holder, out _) : LockHolder.Unknown;

    /// <summary>Waits until nobody holds the task for a moment.</summary>
    public void WaitUntilFree(
        string id, LockSession session, Deadline deadline, Action<LockWait>? onWait, CancellationToken cancellationToken)
    {
        var report = FirstReport;
        for (var pause = ShortestPause; ; pause = pause < LongestPause ? pause + pause : pause)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Held([id], new Deadline(CommitSender.LeastPatience)) is not [var held] || session.LetsThrough(held.Session))
                return;
            var holder = HolderJson.Read(held.Holder, out var start);
            if (ProcessLiveness.OfThisHost.IsAlive(holder.Host, holder.Pid, start) == false)
            {
                Free(BoardId(), [id], held.Session);
                return;
            }
            if (deadline.Remaining == TimeSpan.Zero)
                throw Timeout(id, holder, deadline.Timeout);
            if (onWait is not null && Deadline.Since(deadline.Began) is var elapsed && elapsed >= report)
            {
                report = elapsed + FirstReport;
                onWait(new LockWait(id, elapsed, holder));
            }
            ServerConnections.Rest(pause, deadline, cancellationToken);
        }
    }

    /// <summary>Who has the lock of the board, as he told the server; null where that cannot be seen.</summary>
    public string? FindBusy()
    {
        try
        {
            return log.Connections.Retry(
                connection =>
                {
                    using var command = new NpgsqlCommand("select a.application_name from pg_locks l "
                        + "join pg_stat_activity a on a.pid = l.pid where l.locktype = 'advisory' "
                        + $"and l.classid::bigint = ({Migrations.ClassOf(Schema)}::bigint & 4294967295) "
                        + "and l.granted and a.application_name <> '' limit 1", connection);
                    return command.ExecuteScalar() as string;
                },
                new Deadline(TimeSpan.Zero));
        }
        catch (TaskLockingException)
        {
            return null;
        }
    }

    /// <summary>Takes away what has run out; how many.</summary>
    public int Sweep(Deadline deadline, CancellationToken cancellationToken) => log.Connections.Retry(
        connection =>
        {
            using var command = new NpgsqlCommand(
                $"with r as (delete from {Schema}.resource_hold h using {Schema}.board b "
                + $"where b.name = $1 and h.board = b.id and not {Schema}.lives(h.expires)) "
                + $"delete from {Schema}.hold h using {Schema}.board b "
                + $"where b.name = $1 and h.board = b.id and not {Schema}.lives(h.expires)", connection);
            CommitRequest.Add(command, NpgsqlDbType.Text, log.Connections.Address.Board);
            return command.ExecuteNonQuery();
        },
        deadline, cancellationToken);

    /// <summary>Prolongs a hold; how many of its tasks it still has. Nothing is taken that was lost.</summary>
    public int Renew(int board, IReadOnlyList<string> tasks, string session) => Change(
        $"update {Schema}.hold set expires = clock_timestamp() + interval '30 seconds' "
            + "where board = $1 and task = any($2) and session = $3", board, tasks, session);

    /// <summary>Lets go.</summary>
    public int Free(int board, IReadOnlyList<string> tasks, string session) => Change(
        $"delete from {Schema}.hold where board = $1 and task = any($2) and session = $3", board, tasks, session);

    /// <summary>Tells others of another process that goes on holding.</summary>
    public int Tell(int board, IReadOnlyList<string> tasks, string session, string holder) => Change(
        $"update {Schema}.hold set holder = $4 where board = $1 and task = any($2) and session = $3", board, tasks, session, holder);

    /// <summary>Has somebody know that a hold was lost.</summary>
    public void Tell(StoreNotice notice) => notices.Add(notice);

    /// <summary>The hold is over.</summary>
    public void Forget(ServerHold hold)
    {
        lock (_open)
            _open.Remove(hold);
    }

    public void Dispose()
    {
        List<ServerHold> open;
        lock (_open)
            open = [.. _open];
        open.ForEach(hold => hold.Release(isHandedOver: false));
    }

    private int BoardId()
    {
        lock (log.Gate)
            return log.Copy?.Id ?? (log.Follow() is not null && log.Copy is { } copy ? copy.Id
                : throw new TaskLockingException(RefusalCode.TaskNotFound, "The board has no tasks."));
    }

    private (HoldItem Item, string Session)? Take(
        int board, HoldItem[] items, LockSession session, string holder, Deadline deadline)
    {
        var patience = new Deadline(deadline.Remaining == TimeSpan.Zero ? CommitSender.LeastPatience : deadline.Remaining);
        if (Array.Exists(items, item => item.IsResource))
            return Resources.Take(board, items, session, holder, patience);
        return log.Connections.Retry<(HoldItem, string)?>(
            connection =>
            {
                using var command = new NpgsqlCommand($"select task, session from {Schema}.take_holds($1, $2, $3, $4)", connection);
                CommitRequest.Add(command, NpgsqlDbType.Integer, board);
                CommitRequest.Add(command, NpgsqlDbType.Array | NpgsqlDbType.Text, Array.ConvertAll(items, item => item.Name));
                CommitRequest.Add(command, NpgsqlDbType.Text, session.Id);
                CommitRequest.Add(command, NpgsqlDbType.Text, holder);
                using var reader = command.ExecuteReader();
                return reader.Read() ? (new HoldItem(reader.GetString(0)), reader.GetString(1)) : null;
            },
            patience);
    }

    private List<HeldTask> Held(IReadOnlyList<string> tasks, Deadline deadline) => log.Connections.Retry(
        connection =>
        {
            using var command = new NpgsqlCommand($"select h.task, h.session, h.holder from {Schema}.hold h join {Schema}.board b "
                + $"on b.id = h.board where b.name = $1 and h.task = any($2) and {Schema}.lives(h.expires)", connection);
            CommitRequest.Add(command, NpgsqlDbType.Text, log.Connections.Address.Board);
            CommitRequest.Add(command, NpgsqlDbType.Array | NpgsqlDbType.Text, tasks.ToArray());
            using var reader = command.ExecuteReader();
            var held = new List<HeldTask>();
            while (reader.Read())
                held.Add(HeldTask.Of(reader));
            return held;
        },
        deadline);

    /// <summary>Changes what a session has of a board.</summary>
    public int Change(string statement, int board, IReadOnlyList<string> tasks, string session, string? more = null) =>
        log.Connections.Retry(
            connection =>
            {
                using var command = new NpgsqlCommand(statement, connection);
                CommitRequest.Add(command, NpgsqlDbType.Integer, board);
                CommitRequest.Add(command, NpgsqlDbType.Array | NpgsqlDbType.Text, tasks.ToArray());
                CommitRequest.Add(command, NpgsqlDbType.Text, session);
                if (more is not null)
                    CommitRequest.Add(command, NpgsqlDbType.Text, more);
                return command.ExecuteNonQuery();
            },
            new Deadline(CommitSender.LeastPatience));

    private static TaskLockingException Timeout(string id, LockHolder holder, TimeSpan timeout) => new(new Refusal(
        RefusalCode.LockTimeout, $"Lock timeout after {timeout.TotalSeconds:0.###}s: task {id} is held by {holder}.")
    { TaskId = id, Holder = holder, RetryAfter = TimeSpan.FromSeconds(1) });
}
