using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NpgsqlTypes;
using TaskLocking.Model;

namespace TaskLocking.PostgreSql;

/// <summary>
/// Entries of histories of a board in a database: rows of the table of its archive, one a line, at the place where the line begins in the
/// part. So what a todo names is the same here and in a folder. What no todo came to name is swept with the archive.
/// </summary>
/// <param name="connections">To the server.</param>
/// <param name="board">Gives the number of the board.</param>
internal sealed class ServerHistories(ServerConnections connections, Func<int> board) : IHistoryArchive
{
    private const int AtOnce = 1_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Whoever waits for it has been served, and can do without.
    private static readonly TimeSpan WritePatience = TimeSpan.FromSeconds(5);

    public string Remedy => $"Put the table {Table} back from a copy of the database; the task can be worked on meanwhile.";

    private string Table => connections.Address.Schema + ".archive";

    public void Write(string name, IReadOnlyList<byte[]> lines) => connections.Retry(
        connection =>
        {
            using var transaction = connection.BeginTransaction();
            ServerArchive.Announce(connection, connections.Address.Schema, board(), name);
            Insert(connection, connections.Address.Schema, board(), name, lines);
            ServerTarget.Ask(connection, $"select 1 from {connections.Address.Schema}.make_sure()");
            transaction.Commit();
            return true;
        },
        new Deadline(WritePatience));

    /// <summary>Writes a part in a transaction of the caller; what is there of it stays.</summary>
    public static void Insert(Npgsql.NpgsqlConnection connection, string schema, int board, string name, IReadOnlyList<byte[]> lines)
    {
        var (places, place) = (new int[lines.Count], 0);
        for (var at = 0; at < lines.Count; place += lines[at++].Length)
            places[at] = place;
        for (var start = 0; start < lines.Count; start += AtOnce)
        {
            var part = lines.Skip(start).Take(AtOnce).Select(line => Encoding.UTF8.GetString(line, 0, line.Length - 1)).ToArray();
            ServerTarget.Ask(connection, $"insert into {schema}.archive(board, segment, place, number, line) "
                + "select $1, $2, p, 0, l from unnest($3::int[], $4::text[]) t(p, l) on conflict do nothing",
                (NpgsqlDbType.Integer, board), (NpgsqlDbType.Text, name),
                (NpgsqlDbType.Array | NpgsqlDbType.Integer, places.Skip(start).Take(AtOnce).ToArray()),
                (NpgsqlDbType.Array | NpgsqlDbType.Text, part));
        }
    }

    public byte[]? Read(HistoryPart part) => connections.Retry(
        connection => ServerTarget.Ask(connection, $"select line from {Table} where board = $1 and segment = $2 and place = $3",
            (NpgsqlDbType.Integer, board()), (NpgsqlDbType.Text, part.Name), (NpgsqlDbType.Integer, part.Start)) as string,
        new Deadline(Patience)) is { } line ? Encoding.UTF8.GetBytes(line + "\n") : null;

    public IReadOnlyList<byte[]>? ReadAll(string name)
    {
        var lines = connections.Retry(
            connection => ServerTarget.Ask(connection,
                $"select array_agg(line order by place) from {Table} where board = $1 and segment = $2",
                (NpgsqlDbType.Integer, board()), (NpgsqlDbType.Text, name)) as string[],
            new Deadline(Patience));
        return lines is null ? null : Array.ConvertAll(lines, line => Encoding.UTF8.GetBytes(line + "\n"));
    }

    public void Discard(string name)
    {
        // Nobody names it, so it is nothing, and swept later.
    }

    public IReadOnlyList<string> Older(DateTimeOffset time) => [];

    public string PlaceOf(string name) => $"{Table}, board {connections.Address.Board}, part {name}";
}
