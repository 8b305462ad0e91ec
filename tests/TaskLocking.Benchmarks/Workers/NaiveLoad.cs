using System;
using System.Collections.Generic;
using Npgsql;

namespace TaskLocking.Benchmarks.Workers;

/// <summary>
/// A log in PostgreSQL as anybody would write it first: lock the row of the board, read what came since, append a line of 400 bytes, count
/// the version up, commit; each statement prepared.
/// </summary>
internal sealed class NaiveLoad(string connection) : IWorkload
{
    private readonly List<NpgsqlCommand> _commands = [];
    private NpgsqlConnection? _connection;
    private long _known;

    public TimeSpan LeadIn { get; } = TimeSpan.FromSeconds(2);

    /// <summary>The tables, empty.</summary>
    public static string Tables(string suffix) => $"""
        DROP TABLE IF EXISTS naive_board{suffix}, naive_line{suffix};
        CREATE TABLE naive_board{suffix} (id integer PRIMARY KEY, version bigint NOT NULL) WITH (fillfactor = 50);
        CREATE TABLE naive_line{suffix} (board integer, version bigint, line text NOT NULL, PRIMARY KEY (board, version));
        INSERT INTO naive_board{suffix} VALUES (1, 0);

        """;

    public void Warm()
    {
        _connection = new NpgsqlConnection(connection);
        _connection.Open();
        Prepare("_warm");
        Repeat.UntilWarm(() => Step());
        Prepare("");
    }

    public bool Step()
    {
        using var transaction = _connection!.BeginTransaction();
        var newest = (long)_commands[0].ExecuteScalar()!;
        _commands[1].Parameters[0].Value = _known;
        _commands[1].Parameters[1].Value = newest;
        using (var reader = _commands[1].ExecuteReader())
        {
            while (reader.Read())
                _ = reader.GetString(0);
        }
        _commands[2].Parameters[0].Value = newest + 1;
        _commands[2].ExecuteNonQuery();
        _commands[3].Parameters[0].Value = newest + 1;
        _commands[3].ExecuteNonQuery();
        transaction.Commit();
        _known = newest + 1;
        return true;
    }

    public void Dispose()
    {
        _commands.ForEach(command => command.Dispose());
        _connection?.Dispose();
    }

    private void Prepare(string suffix)
    {
        _commands.ForEach(command => command.Dispose());
        _commands.Clear();
        _known = 0;
        Add($"SELECT version FROM naive_board{suffix} WHERE id = 1 FOR UPDATE");
        Add($"SELECT line FROM naive_line{suffix} WHERE board = 1 AND version > $1 AND version <= $2 ORDER BY version", 0L, 0L);
        Add($"INSERT INTO naive_line{suffix} VALUES (1, $1, $2)", 0L, new string('x', 400));
        Add($"UPDATE naive_board{suffix} SET version = $1 WHERE id = 1", 0L);
        using (var newest = new NpgsqlCommand($"SELECT version FROM naive_board{suffix} WHERE id = 1", _connection))
            _known = (long)newest.ExecuteScalar()!;
    }

    private void Add(string statement, params object[] values)
    {
        var command = new NpgsqlCommand(statement, _connection);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        command.Prepare();
        _commands.Add(command);
    }
}
