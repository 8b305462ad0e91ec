using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Npgsql;
using TaskLocking.Model;

namespace TaskLocking.PostgreSql;

/// <summary>Brings a schema up to date, under a lock, each step whole or not at all. Who is to use it gets his rights with it.</summary>
internal sealed class SchemaMigration(ServerAddress address)
{
    /// <summary>The statements from a number on, as a person would run them.</summary>
    public string Script(int from, string? role)
    {
        var text = new StringBuilder();
        text.Append("begin;\n").Append(Lock()).Append(Bookkeeping).Append('\n');
        foreach (var name in Migrations.Names.Where(name => Migrations.NumberOf(name) > from))
            text.Append(Step(name)).Append('\n');
        if (role is not null)
            text.Append(Rights(role));
        return text.Append("commit;\n").ToString();
    }

    /// <summary>Brings it up to date; the names of what was done.</summary>
    /// <exception cref="TaskLockingException">A newer schema; what the server said.</exception>
    public IReadOnlyList<string> Run(string? role, Deadline deadline)
    {
        var connections = new ServerConnections(address);
        using var connection = connections.Open(deadline);
        try
        {
            using var transaction = connection.BeginTransaction();
            Execute(connection, "set local lock_timeout = '10s'; " + Lock()
                + Bookkeeping);
            var done = new List<string>();
            var known = Number(connection);
            if (known > Migrations.Newest)
                Migrations.RefuseOther(known, address);
            foreach (var name in Migrations.Names.Where(name => Migrations.NumberOf(name) > known))
            {
                Execute(connection, Step(name));
                done.Add(name);
            }
            if (role is not null)
                Execute(connection, Rights(role));
            transaction.Commit();
            return done;
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
        {
            throw SqlFault.Refusal(fault, address);
        }
    }

    private string Bookkeeping => $"""
        create schema if not exists {address.Schema};
        create table if not exists {address.Schema}.migration(number int primary key, name text not null,
          at timestamptz not null default clock_timestamp(), by text not null default current_user);
        """;

    private string Lock() => $"select pg_advisory_xact_lock({Migrations.ClassOf(address.Schema)}, 0);\n";

    private string Step(string name) => Migrations.TextOf(name, address.Schema)
        + $"\ninsert into {address.Schema}.migration(number, name) values ({Migrations.NumberOf(name)}, '{name}');\n";

    // What a program needs to run, and nothing more: it makes no tables, and what is in the journal it cannot change.
    private string Rights(string role)
    {
        var (schema, user) = (address.Schema, "\"" + role.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"");
        return $"""
            grant usage on schema {schema} to {user};
            grant select on all tables in schema {schema} to {user};
            grant insert on {schema}.archive, {schema}.board, {schema}.journal, {schema}.snapshot, {schema}.hold, {schema}.listener,
              {schema}.resource_hold, {schema}.unnamed_part to {user};
            grant update (epoch, place, moved) on {schema}.board to {user};
            grant update, delete on {schema}.hold, {schema}.listener, {schema}.resource_hold to {user};
            grant execute on all routines in schema {schema} to {user};

            """;
    }

    private int Number(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand($"select coalesce(max(number), 0) from {address.Schema}.migration", connection);
        return (int)command.ExecuteScalar()!;
    }

    private static void Execute(NpgsqlConnection connection, string statements)
    {
        using var command = new NpgsqlCommand(statements, connection) { CommandTimeout = 60 };
        command.ExecuteNonQuery();
    }
}
