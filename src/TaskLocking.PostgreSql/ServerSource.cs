using System;
using Npgsql;
using NpgsqlTypes;
using TaskLocking.Board;
using TaskLocking.Model;
using TaskLocking.Todo2;

namespace TaskLocking.PostgreSql;

/// <summary>A board in a database that is copied elsewhere, and closed behind that.</summary>
internal sealed class ServerSource(ServerAddress address)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Gives the board as a document, under its lock, and closes it when that is where it is to go.</summary>
    /// <param name="to">The new place, which whoever comes is told.</param>
    /// <param name="put">Puts the document there, so that nothing is missing but its name.</param>
    /// <returns>What was copied.</returns>
    public SyncReport Move(string to, Action<BoardInMove> put)
    {
        var clock = new ServerClock(TimeProvider.System);
        using var log = new PostgresLog(address, clock);
        lock (log.Gate)
        {
            _ = log.Follow();
            var copy = log.Copy ?? throw new TaskLockingException(RefusalCode.TaskNotFound,
                $"There is no board '{address.Board}' in the database '{address.Database}'.");
            using var connection = log.Connections.Open(new Deadline(Patience));
            try
            {
                using var transaction = connection.BeginTransaction();
                ServerTarget.Ask(connection, $"select pg_advisory_xact_lock({Migrations.ClassOf(address.Schema)}, $1)",
                    (NpgsqlDbType.Integer, copy.Id));
                JournalPage page;
                do
                {
                    page = Read(connection, copy, clock);
                    if (!copy.Take(page))
                        throw new TaskLockingException(RefusalCode.StoreUnavailable, "The database was put back meanwhile. Try again.");
                }
                while (!page.IsWhole);
                var state = copy.State;
                var document = Render(state);
                put(new BoardInMove(document, state.Version, BoardInMove.ReadArchive(log.Archive, state.Archive),
                    BoardInMove.ReadHistories(log.Archive, state.Snapshot())));
                ServerTarget.Ask(connection, $"update {address.Schema}.board set moved = $2 where id = $1",
                    (NpgsqlDbType.Integer, copy.Id), (NpgsqlDbType.Text, to));
                transaction.Commit();
                return new SyncReport(state.Version, state.Count, 0, [], 0, false);
            }
            catch (NpgsqlException fault)
            {
                throw SqlFault.Refusal(fault, address);
            }
        }
    }

    private JournalPage Read(NpgsqlConnection connection, BoardCopy copy, ServerClock clock)
    {
        using var command = new NpgsqlCommand(JournalPage.Statement(address.Schema), connection);
        CommitRequest.Add(command, NpgsqlDbType.Integer, copy.Id);
        CommitRequest.Add(command, NpgsqlDbType.Bigint, copy.Version);
        using var reader = command.ExecuteReader();
        return JournalPage.Read(reader, clock, TimeProvider.System.GetUtcNow());
    }

    /// <summary>A board as a document.</summary>
    public static byte[] Render(BoardState state)
    {
        var snapshot = state.Snapshot();
        var mark = new DocumentMark(Guid.NewGuid().ToString("N")[..16], state.Version, 0, 0, 0) { Records = state.Records };
        var buffer = new ByteBuffer((int)Math.Min(state.Size + 4096, int.MaxValue / 2));
        state.Frame.Render(buffer, snapshot.Entries, state.LastModified ?? Timestamp.Format(DateTimeOffset.UtcNow),
            snapshot.NextTaskNumber ?? 0, mark);
        return buffer.ToArray();
    }
}
