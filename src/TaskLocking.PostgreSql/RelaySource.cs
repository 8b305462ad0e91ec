using System;
using System.Collections.Generic;
using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;
using TaskLocking.Model;

namespace TaskLocking.PostgreSql;

/// <summary>What a relay asks a server for all of its callers.</summary>
/// <param name="connections">To the server.</param>
internal sealed class RelaySource(ServerConnections connections)
{
    private string Schema => connections.Address.Schema;

    /// <summary>The newest document of a board; the one that is known where that is the newest.</summary>
    public (long Version, Guid? Cid, byte[]? Body) Document(
        int board, (long Version, Guid? Cid, byte[]? Body) known, TimeSpan patience) =>
        connections.Retry<(long Version, Guid? Cid, byte[]? Body)>(
            connection =>
            {
                using var command = new NpgsqlCommand("select s.version, j.cid, case when s.version = $2 and j.cid = $3 then null "
                    + $"else s.body end from {Schema}.snapshot s join {Schema}.journal j on j.board = s.board and j.version = s.version "
                    + "where s.board = $1 order by s.version desc limit 1", connection);
                CommitRequest.Add(command, NpgsqlDbType.Integer, board);
                CommitRequest.Add(command, NpgsqlDbType.Bigint, known.Version);
                CommitRequest.Add(command, NpgsqlDbType.Uuid, known.Cid ?? Guid.Empty);
                using var reader = command.ExecuteReader();
                if (!reader.Read())
                    return default;
                return reader.IsDBNull(2) ? known : (reader.GetInt64(0), reader.GetFieldValue<Guid>(1), reader.GetFieldValue<byte[]>(2));
            },
            new Deadline(patience));

    /// <summary>The lines of a board from a version on, that one first.</summary>
    public RelayPage Ask(int board, long version, TimeSpan patience) => connections.Retry(
        connection =>
        {
            using var command = new NpgsqlCommand($"""
                select b.epoch, b.moved, clock_timestamp(), j.version, j.cid, j.line, j.keys from {Schema}.board b left join lateral
                  (select j.version, j.cid, j.line, j.keys from {Schema}.journal j where j.board = b.id and j.version >= $2
                    order by j.version limit {JournalPage.MostLines}) j on true
                  where b.id = $1
                """, connection);
            CommitRequest.Add(command, NpgsqlDbType.Integer, board);
            CommitRequest.Add(command, NpgsqlDbType.Bigint, version);
            var asked = Stopwatch.GetTimestamp();
            using var reader = command.ExecuteReader();
            var rows = new List<(JournalRow, long[])>();
            (long? Epoch, string? Moved, DateTime Told) head = default;
            while (reader.Read())
            {
                head = (reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetFieldValue<DateTime>(2));
                if (!reader.IsDBNull(3))
                    rows.Add((new JournalRow(reader.GetInt64(3), reader.GetFieldValue<Guid>(4), reader.GetString(5)),
                        reader.GetFieldValue<long[]>(6)));
            }
            return new RelayPage(head.Epoch, head.Moved, rows, head.Told.ToUniversalTime(), asked, Stopwatch.GetTimestamp());
        },
        new Deadline(patience));
}
