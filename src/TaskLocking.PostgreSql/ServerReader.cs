using System;
using Npgsql;
using NpgsqlTypes;
using TaskLocking.Board;
using TaskLocking.Model;
using TaskLocking.Todo2;

namespace TaskLocking.PostgreSql;

/// <summary>Reads a board: where it begins, and what came since. Takes no lock.</summary>
/// <remarks>
/// Lines become visible in the order of their versions, for each is committed before the lock of the board is free for the next; so what is
/// read is never with a gap. With the lines comes the one that was read last: where it is another, or gone, the database has been put back.
/// </remarks>
internal sealed class ServerReader(ServerConnections connections, ServerClock clock, StoreNotices notices, RelayClient? relay = null)
{
    private const long LeastRead = 1 << 20;

    private string Schema => connections.Address.Schema;

    /// <summary>The board as it begins; null where nobody has made it yet.</summary>
    public BoardCopy? Begin(Deadline deadline)
    {
        if (relay?.Begin(deadline) is { } known)
            return known;
        while (true)
        {
            var found = connections.Retry(Find, deadline);
            if (found is not { } board)
                return null;
            if (!board.IsHere)
            {
                // Whoever comes first after a dump was put back, or a standby has taken over, says so for all.
                Fence(board.Id, board.Epoch, 0, deadline);
                continue;
            }
            return connections.Retry(connection => Load(connection, board.Id, board.Epoch), deadline);
        }
    }

    /// <summary>
    /// Brings a copy up to the newest line; false where it belongs to another life of the database, and everything has to be read anew.
    /// </summary>
    public bool CatchUp(BoardCopy copy, Deadline deadline)
    {
        while (relay?.Follow(copy.Id, copy.Epoch, copy.Version, clock, deadline) is { } page)
        {
            if (Take(copy, page) is { } isDone)
                return isDone;
        }
        return connections.Retry(connection => CatchUp(copy, connection), deadline);
    }

    /// <summary>
    /// Where more was read than the board is long, whoever comes next begins with it as it is: a document beside the journal, made by who
    /// has it in memory, without any lock. All of them together are never longer than half of the journal.
    /// </summary>
    public void Save(BoardCopy copy, Deadline deadline)
    {
        if (copy.Read < Math.Max(LeastRead, 2 * copy.State.Size))
            return;
        try
        {
            var document = ServerSource.Render(copy.State);
            connections.Retry(
                connection => ServerTarget.Ask(connection, $"insert into {Schema}.snapshot(board, version, body) select $1, $2, $3 "
                    + $"where not exists (select 1 from {Schema}.snapshot s where s.board = $1 and s.version > $4) on conflict do nothing",
                    (NpgsqlDbType.Integer, copy.Id), (NpgsqlDbType.Bigint, copy.Version), (NpgsqlDbType.Bytea, document),
                    (NpgsqlDbType.Bigint, copy.Began)),
                deadline);
        }
        catch (TaskLockingException)
        {
            // The next one may, who reads as much.
        }
        copy.Saved();
    }

    /// <summary>Says that the database is not the one any more that it was: what was given out there counts no longer.</summary>
    public void Fence(int board, long epoch, long seen, Deadline deadline)
    {
        connections.Retry(
            connection =>
            {
                using var command = new NpgsqlCommand($"call {Schema}.fence($1,$2,$3)", connection);
                CommitRequest.Add(command, NpgsqlDbType.Integer, board);
                CommitRequest.Add(command, NpgsqlDbType.Bigint, epoch);
                CommitRequest.Add(command, NpgsqlDbType.Bigint, seen);
                return command.ExecuteNonQuery();
            },
            deadline);
        notices.Add(new StoreNotice(StoreNoticeKind.StorePutBack, $"The database of the board '{connections.Address.Board}' is another "
            + "than it was: put back from a copy, taken over by a standby, or without its last lines after a crash. The board goes on "
            + "above all versions that were given out; what was claimed in what is lost counts no longer."));
    }

    /// <summary>The refusal of a board that is elsewhere.</summary>
    public TaskLockingException Moved(string to) => to.StartsWith(ServerTarget.Pending, StringComparison.Ordinal)
        ? new(RefusalCode.StoreUnavailable, $"The board '{connections.Address.Board}' is being copied here from "
            + $"'{to[ServerTarget.Pending.Length..]}'. Should that have broken off, run it again: tasklock store copy.")
        : new(RefusalCode.StoreUnavailable,
        $"The board '{connections.Address.Board}' is not here any more: it was copied to '{to}' and goes on there. Name that.");

    /// <summary>The board of the address; null where nobody has made it yet.</summary>
    /// <exception cref="TaskLockingException">It is elsewhere, or its schema is of another version.</exception>
    public (int Id, long Epoch, bool IsHere)? Find(NpgsqlConnection connection)
    {
        using var batch = connection.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"select coalesce(max(number), 0), pg_is_in_recovery() from {Schema}.migration"));
        var find = new NpgsqlBatchCommand(
            $"select b.id, b.epoch, case when pg_is_in_recovery() then true else b.place = {Schema}.place() end, b.moved, "
                + $"clock_timestamp() from {Schema}.board b where b.name = $1");
        find.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = connections.Address.Board });
        batch.BatchCommands.Add(find);
        var asked = TimeProvider.System.GetUtcNow();
        using var reader = batch.ExecuteReader();
        reader.Read();
        Migrations.RefuseOther(reader.GetInt32(0), connections.Address);
        reader.NextResult();
        if (!reader.Read())
            return null;
        clock.Told(reader.GetFieldValue<DateTime>(4), asked);
        if (!reader.IsDBNull(3))
            throw Moved(reader.GetString(3));
        return (reader.GetInt32(0), reader.GetInt64(1), reader.GetBoolean(2));
    }

    private bool CatchUp(BoardCopy copy, NpgsqlConnection connection)
    {
        while (true)
        {
            using var command = new NpgsqlCommand(JournalPage.Statement(Schema), connection);
            CommitRequest.Add(command, NpgsqlDbType.Integer, copy.Id);
            CommitRequest.Add(command, NpgsqlDbType.Bigint, copy.Version);
            var asked = TimeProvider.System.GetUtcNow();
            using var reader = command.ExecuteReader();
            var page = JournalPage.Read(reader, clock, asked);
            if (Take(copy, page) is { } isDone)
                return isDone;
        }
    }

    // Null where there is more to come; false as CatchUp says it.
    private bool? Take(BoardCopy copy, JournalPage page)
    {
        if (page.Moved is { } to)
            throw Moved(to);
        if (!copy.Take(page))
            return false;
        return page.IsWhole ? true : null;
    }

    // The newest document, and the line at which it stands, which is always kept.
    private BoardCopy Load(NpgsqlConnection connection, int id, long epoch)
    {
        using var command = new NpgsqlCommand(
            $"select s.version, s.body, j.cid from {Schema}.snapshot s join {Schema}.journal j "
                + "on j.board = s.board and j.version = s.version where s.board = $1 order by s.version desc limit 1", connection);
        CommitRequest.Add(command, NpgsqlDbType.Integer, id);
        using var reader = command.ExecuteReader();
        if (!reader.Read())
            return new BoardCopy(id, epoch, new BoardState());
        var state = new BoardState(TodoDocument.Parse(reader.GetFieldValue<byte[]>(1))) { Version = reader.GetInt64(0) };
        var copy = new BoardCopy(id, epoch, state);
        copy.At(state.Version, reader.GetFieldValue<Guid>(2));
        return copy;
    }
}
