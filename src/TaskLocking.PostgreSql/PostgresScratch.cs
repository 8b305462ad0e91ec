using System;
using Npgsql;
using TaskLocking.Model;
using TaskLocking.PostgreSql;

namespace TaskLocking;

/// <summary>
/// A schema of its own beside the one of an address, for boards of a trial: made here, removed by <see cref="Remove"/>. Who makes it
/// needs the right to make a schema in the database.
/// </summary>
public sealed class PostgresScratch
{
    /// <summary>How the schema's name begins.</summary>
    public const string Prefix = "tasklocking_stress_";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ServerAddress _address;

    private PostgresScratch(ServerAddress address) => _address = address;

    /// <summary>The schema.</summary>
    public string Schema => _address.Schema;

    /// <summary>Makes one.</summary>
    /// <param name="address">The address of any board of the database; that board is not touched.</param>
    /// <exception cref="TaskLockingException">InvalidArgument, AccessDenied, StoreUnavailable. Then nothing was made.</exception>
    public static PostgresScratch Make(string address)
    {
        var own = ServerAddress.Parse(address).With(schema: Prefix + Guid.NewGuid().ToString("N")[..12], board: "stress");
        try
        {
            new SchemaMigration(own).Run(role: null, new Deadline(Patience));
        }
        catch (TaskLockingException refused) when (refused.Refusal.Code == RefusalCode.AccessDenied
            && (refused.InnerException as PostgresException)?.SqlState == "42501")
        {
            throw new TaskLockingException(new Refusal(RefusalCode.AccessDenied, "The stress protocol makes a schema of its own in the "
                + $"database '{own.Database}', and this user may not. Name one who may, or a database that is made for it."), refused);
        }
        return new PostgresScratch(own);
    }

    /// <summary>The address of a board in it.</summary>
    /// <param name="board">Its name.</param>
    public string AddressOf(string board) => _address.With(Schema, board).Text;

    /// <summary>Ends what a process of this machine has open in the database by force, as a server does that is told to.</summary>
    /// <param name="process">Its id.</param>
    /// <returns>Whether there was anything.</returns>
    /// <exception cref="TaskLockingException">What the server said.</exception>
    public bool Cut(int process) => new ServerConnections(_address).Retry(connection =>
    {
        using var command = new NpgsqlCommand("select count(pg_terminate_backend(pid)) from pg_stat_activity "
            + "where application_name = left(@name, 63) and datname = current_database() and pid <> pg_backend_pid()", connection);
        command.Parameters.AddWithValue("name", ServerAddress.ApplicationOf(process));
        return (long)command.ExecuteScalar()! > 0;
    }, new Deadline(Patience));

    /// <summary>Removes it with all boards in it.</summary>
    /// <exception cref="TaskLockingException">What the server said; then it is still there.</exception>
    public void Remove() => new ServerConnections(_address).Retry(connection =>
    {
        using var command = new NpgsqlCommand($"drop schema if exists {_address.Schema} cascade", connection) { CommandTimeout = 60 };
        return command.ExecuteNonQuery();
    }, new Deadline(Patience));
}
