using System;
using Npgsql;

namespace TaskLocking.Benchmarks.Workers;

/// <summary>
/// The queue in PostgreSQL: takes one row by <c>FOR UPDATE SKIP LOCKED</c> and marks it, then marks it done; two durable transactions, one
/// round trip each, prepared.
/// </summary>
internal sealed class SkipLockedLoad(string connection, string index) : IWorkload
{
    private NpgsqlConnection? _connection;
    private NpgsqlCommand? _claim;
    private NpgsqlCommand? _complete;

    public bool IsOver { get; private set; }

    public void Warm()
    {
        _connection = new NpgsqlConnection(connection);
        _connection.Open();
        Prepare("warm_task");
        // Each row by one of those who warm themselves here: of two who took many in different orders, one would be a deadlock's victim.
        using var again = new NpgsqlCommand("""
            UPDATE warm_task SET status = 'ready'
            WHERE id IN (SELECT id FROM warm_task WHERE status = 'done' ORDER BY id FOR UPDATE SKIP LOCKED)
            """, _connection);
        Repeat.UntilWarm(() =>
        {
            if (!Step())
                again.ExecuteNonQuery();
        });
        Prepare("task");
        IsOver = false;
    }

    public bool Step()
    {
        if (_claim!.ExecuteScalar() is not int id)
        {
            IsOver = true;
            return false;
        }
        _complete!.Parameters[0].Value = id;
        return _complete.ExecuteNonQuery() == 1 ? true : throw new InvalidOperationException($"Row {id} was lost by its owner.");
    }

    public void Dispose()
    {
        _claim?.Dispose();
        _complete?.Dispose();
        _connection?.Dispose();
    }

    private void Prepare(string table)
    {
        _claim?.Dispose();
        _complete?.Dispose();
        _claim = new NpgsqlCommand($"""
            UPDATE {table} SET status = 'in progress', agent = $1, started = now()
            WHERE id = (SELECT id FROM {table} WHERE status = 'ready' ORDER BY priority DESC, id FOR UPDATE SKIP LOCKED LIMIT 1)
            RETURNING id
            """, _connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = "agent-" + index } } };
        _complete = new NpgsqlCommand($"UPDATE {table} SET status = 'done', completed = now() WHERE id = $1", _connection)
        {
            Parameters = { new NpgsqlParameter<int> { TypedValue = 0 } },
        };
        _claim.Prepare();
        _complete.Prepare();
    }
}
