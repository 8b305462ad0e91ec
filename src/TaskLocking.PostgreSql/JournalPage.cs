using System;
using System.Collections.Generic;
using Npgsql;

namespace TaskLocking.PostgreSql;

/// <summary>What a server answered when it was asked what came since a line: that line first, then the others in their order.</summary>
/// <param name="Epoch">The epoch of the database; null where the board is gone.</param>
/// <param name="Moved">Where the board has gone; null while it is here.</param>
/// <param name="Rows">The lines.</param>
internal sealed record JournalPage(long? Epoch, string? Moved, IReadOnlyList<JournalRow> Rows)
{
    /// <summary>So many lines at most, with the one that is known.</summary>
    public const int MostLines = 4_096;

    /// <summary>Whether there was nothing more.</summary>
    public bool IsWhole => Rows.Count < MostLines;

    /// <summary>The statement: its parameters are the number of the board, and the version that is known.</summary>
    public static string Statement(string schema) => $"""
        select b.epoch, b.moved, clock_timestamp(), j.version, j.cid, j.line from {schema}.board b left join lateral
          (select j.version, j.cid, j.line from {schema}.journal j where j.board = b.id and j.version >= $2
            order by j.version limit 4096) j on true
          where b.id = $1
        """;

    /// <summary>Reads it.</summary>
    /// <param name="reader">At the answer.</param>
    /// <param name="clock">Is told the time.</param>
    /// <param name="asked">When the question was sent.</param>
    public static JournalPage Read(NpgsqlDataReader reader, ServerClock clock, DateTimeOffset asked)
    {
        var rows = new List<JournalRow>();
        long? epoch = null;
        string? moved = null;
        while (reader.Read())
        {
            if (epoch is null)
            {
                clock.Told(reader.GetFieldValue<DateTime>(2), asked);
                epoch = reader.GetInt64(0);
                moved = reader.IsDBNull(1) ? null : reader.GetString(1);
            }
            if (!reader.IsDBNull(3))
                rows.Add(new JournalRow(reader.GetInt64(3), reader.GetFieldValue<Guid>(4), reader.GetString(5)));
        }
        return new JournalPage(epoch, moved, rows);
    }
}
