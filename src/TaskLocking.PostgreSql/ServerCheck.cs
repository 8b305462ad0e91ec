using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Npgsql;
using TaskLocking.Model;

namespace TaskLocking.PostgreSql;

/// <summary>The tests of a server: each gives what it saw as a sentence, or throws what is wrong with its remedy.</summary>
internal sealed class ServerCheck(ServerAddress address, ServerConnections connections)
{
    private static readonly string[] Tables =
        ["archive", "board", "hold", "journal", "listener", "migration", "resource_hold", "snapshot", "unnamed_part"];

    private static readonly string[] Settings = ["fsync", "full_page_writes", "synchronous_commit"];
    private static readonly string[] Functions =
        ["commit_lines", "fence", "is_heard", "listen_for", "lives", "make_sure", "place", "sweep_archive", "take_holds",
            "take_resources", "tell"];

    public IReadOnlyList<(string Name, Func<string> Test)> Tests =>
    [
        ("Connection", Connection), ("Durability", Durability), ("Primary", Primary), ("Schema", Schema), ("Rights", Rights),
        ("Exclusion", Exclusion), ("Clock", Clock),
    ];

    private string Connection()
    {
        using var connection = Open();
        Ask(connection, "select 1");
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 5; i++)
            Ask(connection, "select 1");
        var server = Ask(connection, "select current_setting('server_version_num')::int");
        if ((int)server! < 150_000)
            throw new InvalidDataException($"The server is PostgreSQL {connection.ServerVersion}; 15 or later is needed.");
        return $"PostgreSQL {connection.ServerVersion} answers in {watch.Elapsed.TotalMilliseconds / 5:0.00} ms.";
    }

    private string Durability()
    {
        using var connection = Open();
        var off = Settings.Where(name => (string)Ask(connection, $"select current_setting('{name}')")! == "off").ToList();
        if (off.Count > 0)
            throw new InvalidDataException($"{string.Join(", ", off)} {(off.Count > 1 ? "are" : "is")} off: what was answered may be lost "
                + "in a crash of the server. Set it to on (postgresql.conf, alter database, alter role).");
        var unlogged = (string?)Ask(connection, "select string_agg(c.relname, ', ') from pg_class c join pg_namespace n "
            + $"on n.oid = c.relnamespace where n.nspname = '{address.Schema}' and c.relpersistence <> 'p'");
        if (unlogged is not null)
            throw new InvalidDataException($"{unlogged} would be emptied by a crash: alter table … set logged.");
        var standbys = (string)Ask(connection, "select current_setting('synchronous_standby_names')")!;
        return "fsync, full_page_writes and synchronous_commit are on, no table is unlogged; " + (standbys.Length > 0
            ? $"a commit waits for standbys ({standbys})."
            : "no standby is waited for, so a failover may lose what was answered last; that is noticed, and claims of it count "
                + "no longer.");
    }

    private string Primary()
    {
        using var connection = Open();
        if ((bool)Ask(connection, "select pg_is_in_recovery()")!)
            throw new InvalidDataException("The server is a standby: name the primary, or several hosts and target_session_attrs=primary.");
        if ((string)Ask(connection, "select current_setting('default_transaction_read_only')")! == "on")
            throw new InvalidDataException("The server, or the role, is for reading only (default_transaction_read_only).");
        return "The server takes writes.";
    }

    private string Schema()
    {
        using var connection = Open();
        var number = (int)Ask(connection, $"select coalesce(max(number), 0) from {address.Schema}.migration")!;
        Migrations.RefuseOther(number, address);
        var tables = Names(connection, "select c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace "
            + $"where c.relkind = 'r' and n.nspname = '{address.Schema}'");
        var functions = Names(connection, "select p.proname::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace "
            + $"where n.nspname = '{address.Schema}'");
        var missing = Tables.Where(name => !tables.Contains(name)).Concat(Functions.Where(name => !functions.Contains(name))).ToList();
        if (missing.Count > 0)
            throw new InvalidDataException($"In the schema '{address.Schema}' {string.Join(", ", missing)} is missing, though it was made: "
                + "put it back from a copy, or take another schema.");
        var encoding = (string)Ask(connection, "select current_setting('server_encoding')")!;
        return encoding == "UTF8" ? $"The schema '{address.Schema}' is the newest known here, {number}."
            : throw new InvalidDataException($"The database is in {encoding}: make it in UTF8 "
                + "(createdb --encoding=UTF8 --template=template0).");
    }

    private string Rights()
    {
        using var connection = Open();
        var missing = new[]
        {
            ("archive", "select"), ("archive", "insert"), ("unnamed_part", "select"), ("unnamed_part", "insert"),
            ("journal", "select"), ("journal", "insert"), ("board", "select"), ("board", "insert"), ("snapshot", "select"),
            ("snapshot", "insert"), ("hold", "select"), ("hold", "insert"), ("hold", "update"), ("hold", "delete"),
            ("listener", "select"), ("listener", "insert"), ("listener", "update"), ("listener", "delete"),
            ("resource_hold", "select"), ("resource_hold", "insert"), ("resource_hold", "update"), ("resource_hold", "delete"),
        }.Where(right => !(bool)Ask(connection, $"select has_table_privilege('{address.Schema}.{right.Item1}', '{right.Item2}')")!)
            .Select(right => $"{right.Item2} on {right.Item1}").ToList();
        if (missing.Count > 0)
            throw new InvalidDataException($"The role lacks {string.Join(", ", missing)}. Its owner gives it: tasklock store migrate "
                + $"--role {Ask(connection, "select current_user::text")}.");
        return (bool)Ask(connection, $"select has_table_privilege('{address.Schema}.journal', 'update')")!
            ? "The role may do all that is needed, and more: it could change what was committed. 'tasklock store migrate --role' makes one "
                + "that cannot."
            : "The role may do what is needed, and cannot change what was committed.";
    }

    private string Exclusion()
    {
        // A key that no board has.
        var ask = $"select pg_advisory_xact_lock({Migrations.ClassOf(address.Schema)}, -1)";
        using var first = Open();
        using var second = Open();
        Ask(first, "begin");
        Ask(first, ask);
        try
        {
            Ask(second, "begin");
            Ask(second, "set local lock_timeout = '50ms'");
            Ask(second, ask);
            throw new InvalidDataException("Two connections had the same lock at once: a pooler that is not known lies between.");
        }
        catch (PostgresException busy) when (busy.SqlState == "55P03")
        {
            Ask(second, "rollback");
        }
        Ask(first, "commit");
        Ask(second, ask);
        return "Two connections exclude each other, and what ends a transaction lets go.";
    }

    private string Clock()
    {
        using var connection = Open();
        var asked = DateTimeOffset.UtcNow;
        var told = new DateTimeOffset(((DateTime)Ask(connection, "select clock_timestamp()")!).ToUniversalTime());
        var off = told - (asked + (DateTimeOffset.UtcNow - asked) / 2);
        return $"This machine's clock is {off.TotalSeconds:0.000} s from that of the database, by which claims and leases run out.";
    }

    private NpgsqlConnection Open() => connections.Open(new Deadline(TimeSpan.Zero));

    private object? Ask(NpgsqlConnection connection, string statement)
    {
        try
        {
            using var command = new NpgsqlCommand(statement, connection);
            return command.ExecuteScalar() is var answer and not DBNull ? answer : null;
        }
        catch (PostgresException fault) when (fault.SqlState != "55P03")
        {
            throw SqlFault.Refusal(fault, address);
        }
    }

    private static HashSet<string> Names(NpgsqlConnection connection, string statement)
    {
        using var command = new NpgsqlCommand(statement, connection);
        using var reader = command.ExecuteReader();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read())
            names.Add(reader.GetString(0));
        return names;
    }
}
