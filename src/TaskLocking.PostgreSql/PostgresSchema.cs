using System;
using System.Collections.Generic;
using TaskLocking.Model;
using TaskLocking.PostgreSql;

namespace TaskLocking;

/// <summary>The tables and procedures of boards in a database: made and brought up to date by whoever owns them, forward only.</summary>
public static class PostgresSchema
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The statements that make the schema, for who runs them himself.</summary>
    /// <param name="address">The address of any board of the schema.</param>
    /// <param name="role">A role that is to use boards and nothing else; null for none.</param>
    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public static string Script(string address, string? role = null) => new SchemaMigration(ServerAddress.Parse(address)).Script(0, role);

    /// <summary>Makes the schema, or brings it up to date.</summary>
    /// <inheritdoc cref="Script"/>
    /// <returns>The names of the steps that were made; none where it was up to date.</returns>
    /// <exception cref="TaskLockingException">InvalidArgument, StoreUnavailable where it is of a newer version, AccessDenied, LockTimeout.
    /// Then nothing was changed.</exception>
    public static IReadOnlyList<string> Migrate(string address, string? role = null) =>
        new SchemaMigration(ServerAddress.Parse(address)).Run(role, new Deadline(Patience));
}
