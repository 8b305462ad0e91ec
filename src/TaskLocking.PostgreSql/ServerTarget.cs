using System;
using Npgsql;
using NpgsqlTypes;
using TaskLocking.Model;

namespace TaskLocking.PostgreSql;

/// <summary>A board in a database that another one is copied to: nobody uses it before the other is closed.</summary>
internal sealed class ServerTarget(ServerAddress address)
{
    /// <summary>Before the place from which a board is being copied.</summary>
    public const string Pending = "<- ";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ServerConnections _connections = new(address);

    /// <summary>Puts a board there that nobody can use yet.</summary>
    /// <param name="copied">The board.</param>
    /// <param name="from">Where it comes from.</param>
    /// <exception cref="TaskLockingException">InvalidArgument where there is one already.</exception>
    public void Put(BoardInMove copied, string from)
    {
        using var connection = _connections.Open(new Deadline(Patience));
        try
        {
            using var transaction = connection.BeginTransaction();
            var board = Ask(connection, $"insert into {address.Schema}.board(name, place, moved) values ($1, {address.Schema}.place(), $2) "
                + $"on conflict (name) do update set moved = $2 where {address.Schema}.board.moved = $2 or not exists "
                + $"(select 1 from {address.Schema}.journal j where j.board = {address.Schema}.board.id) returning id",
                (NpgsqlDbType.Text, address.Board), (NpgsqlDbType.Text, Pending + from)) as int?
                ?? throw new TaskLockingException(RefusalCode.InvalidArgument,
                    $"There is a board '{address.Board}' in the database '{address.Database}' already. Give the copy another name.");
            // What a copy that broke off has left.
            if (Ask(connection, $"select 1 from {address.Schema}.journal where board = $1", (NpgsqlDbType.Integer, board)) is null)
            {
                Ask(connection, $"insert into {address.Schema}.snapshot(board, version, body) values ($1, $2, $3)",
                    (NpgsqlDbType.Integer, board), (NpgsqlDbType.Bigint, copied.Version), (NpgsqlDbType.Bytea, copied.Document));
                foreach (var (segment, tasks) in copied.Archive)
                    ServerArchive.Insert(connection, address.Schema, board, segment.Name, tasks);
                foreach (var (name, lines) in copied.Histories)
                    ServerHistories.Insert(connection, address.Schema, board, name, lines);
                Ask(connection, $"insert into {address.Schema}.journal(board, version, cid, keys, line) values ($1, $2, $3, '{{}}', $4)",
                    (NpgsqlDbType.Integer, board), (NpgsqlDbType.Bigint, copied.Version), (NpgsqlDbType.Uuid, Guid.NewGuid()),
                    (NpgsqlDbType.Text, $"{{\"t\":\"{Timestamp.Format(DateTimeOffset.UtcNow)}\",\"by\":\"tasklock\",\"op\":[]}}"));
            }
            transaction.Commit();
        }
        catch (NpgsqlException fault)
        {
            throw SqlFault.Refusal(fault, address);
        }
    }

    /// <summary>From now on it is the board.</summary>
    public void Open(string from) => _connections.Retry(
        connection => Ask(connection, $"update {address.Schema}.board set moved = null where name = $1 and moved = $2",
            (NpgsqlDbType.Text, address.Board), (NpgsqlDbType.Text, Pending + from)),
        new Deadline(Patience));

    /// <summary>Runs a statement; gives the first value that it gives.</summary>
    public static object? Ask(NpgsqlConnection connection, string statement, params (NpgsqlDbType Type, object Value)[] values)
    {
        using var command = new NpgsqlCommand(statement, connection);
        foreach (var (type, value) in values)
            CommitRequest.Add(command, type, value);
        return command.ExecuteScalar();
    }
}
