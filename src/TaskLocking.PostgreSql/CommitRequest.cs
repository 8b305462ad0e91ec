using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace TaskLocking.PostgreSql;

/// <summary>
/// Commits as they are sent: as often as it takes to hear what became of them, and each time the very same, for the same request can
/// never come to something else once it was refused.
/// </summary>
/// <param name="Board">The number of the board.</param>
/// <param name="Epoch">The epoch that it was decided in.</param>
/// <param name="Expected">The version that it was decided on.</param>
/// <param name="ExpectedCid">The line of that version.</param>
/// <param name="Lines">The lines, each decided on those before it.</param>
/// <param name="Sessions">Whose holds do not stand in its way.</param>
/// <param name="Above">Versions up to this one are not given out any more.</param>
internal sealed record CommitRequest(int Board, long Epoch, long Expected, Guid? ExpectedCid,
    IReadOnlyList<CommitLine> Lines, IReadOnlyCollection<string> Sessions, long Above)
{
    /// <summary>Whether the one who commits may hold tasks, so that his sessions matter.</summary>
    public bool IsOfHolder { get; init; }

    /// <summary>
    /// Whether a relay had it, which may have sent it as decided on a later line: that it is refused now is then not the last word about
    /// what is on its way from there.
    /// </summary>
    public bool WentByRelay { get; set; }

    /// <summary>Sends it and reads what became of it.</summary>
    /// <param name="connection">An open connection, in no transaction.</param>
    /// <param name="schema">The name of the schema.</param>
    /// <param name="wait">The longest wait for the lock of the board.</param>
    /// <param name="patience">The longest wait for the answer; after it, nobody knows.</param>
    public CommitAnswer Send(NpgsqlConnection connection, string schema, TimeSpan wait, TimeSpan patience)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"call {schema}.commit_lines($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,null,null,null,null,null,null,null)";
        command.CommandTimeout = Math.Max(1, (int)Math.Ceiling(patience.TotalSeconds));
        Add(command, NpgsqlDbType.Integer, Board);
        Add(command, NpgsqlDbType.Bigint, Epoch);
        Add(command, NpgsqlDbType.Bigint, Expected);
        Add(command, NpgsqlDbType.Uuid, ExpectedCid is { } cid ? cid : DBNull.Value);
        Add(command, NpgsqlDbType.Array | NpgsqlDbType.Uuid, Each(line => line.Cid));
        Add(command, NpgsqlDbType.Array | NpgsqlDbType.Text, Each(line => line.Text));
        Add(command, NpgsqlDbType.Array | NpgsqlDbType.Text, Each(line => line.Keys.Reads is { } reads ? Literal(reads) : null));
        Add(command, NpgsqlDbType.Array | NpgsqlDbType.Text, Each(line => Literal(line.Keys.Writes)));
        Add(command, NpgsqlDbType.Array | NpgsqlDbType.Text, Each(line => Literal(line.Tasks)));
        Add(command, NpgsqlDbType.Array | NpgsqlDbType.Text, Sessions.ToArray());
        Add(command, NpgsqlDbType.Bigint, Above);
        Add(command, NpgsqlDbType.Integer, (int)Math.Clamp(wait.TotalMilliseconds, 1, int.MaxValue));
        var isReplicated = true;
        connection.Notice += Hear;
        try
        {
            using var reader = command.ExecuteReader();
            reader.Read();
            var answer = new CommitAnswer(reader.GetString(0), reader.GetFieldValue<long?[]>(1), reader.GetInt64(2),
                reader.GetFieldValue<DateTime>(3), Tail(reader));
            return isReplicated ? answer : throw new TimeoutException("the wait for a standby was broken off");
        }
        finally
        {
            connection.Notice -= Hear;
        }

        void Hear(object sender, NpgsqlNoticeEventArgs e) => isReplicated &= e.Notice.SqlState != SqlFault.NotReplicated;
    }

    private T[] Each<T>(Func<CommitLine, T> what)
    {
        var all = new T[Lines.Count];
        for (var i = 0; i < all.Length; i++)
            all[i] = what(Lines[i]);
        return all;
    }

    /// <summary>Adds a value where the next <c>$n</c> stands.</summary>
    public static void Add(NpgsqlCommand command, NpgsqlDbType type, object value) =>
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value });

    /// <summary>Keys as a list of the database.</summary>
    public static string Literal(IEnumerable<long> keys) =>
        "{" + string.Join(',', keys.Select(key => key.ToString(CultureInfo.InvariantCulture))) + "}";

    private static string Literal(IEnumerable<string> names)
    {
        var text = new StringBuilder("{");
        foreach (var name in names)
        {
            text.Append(text.Length > 1 ? ",\"" : "\"");
            text.Append(name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
        }
        return text.Append('}').ToString();
    }

    private static List<JournalRow> Tail(NpgsqlDataReader reader)
    {
        var tail = new List<JournalRow>();
        if (reader.IsDBNull(4))
            return tail;
        var (versions, cids, lines) =
            (reader.GetFieldValue<long[]>(4), reader.GetFieldValue<Guid[]>(5), reader.GetFieldValue<string[]>(6));
        for (var i = 0; i < versions.Length; i++)
            tail.Add(new JournalRow(versions[i], cids[i], lines[i]));
        return tail;
    }
}
