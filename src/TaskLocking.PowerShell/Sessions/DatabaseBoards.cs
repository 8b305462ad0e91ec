using System.Collections.Generic;
using System.Threading;
#if NET
using System;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;
#endif

namespace TaskLocking.PowerShell.Sessions;

/// <summary>
/// Boards in a database. What reaches it lies beside this assembly, and is loaded at the first such workspace, apart from what other
/// modules have loaded, which may be another version of the same.
/// </summary>
internal static class DatabaseBoards
{
#if NET
    private static readonly Lazy<Assembly> Own = new(() => new OwnContext(
        Path.GetDirectoryName(typeof(DatabaseBoards).Assembly.Location)!).LoadFromAssemblyName(new AssemblyName("TaskLocking.PostgreSql")));

    /// <summary>Opens a board.</summary>
    public static TaskBoard Open(string address, string folder, TaskBoardOptions options) =>
        Method<Func<string, string, TaskBoardOptions?, TaskBoard>>("TaskLocking.PostgresBoard", "Open")(address, folder, options);

    /// <summary>Tests what a board rests on.</summary>
    public static WorkspaceReport Check(string address, string folder, CancellationToken cancellationToken) =>
        Method<Func<string, string, CancellationToken, WorkspaceReport>>("TaskLocking.PostgresCheck", "Run")(
            address, folder, cancellationToken);

    /// <summary>The statements that make the tables.</summary>
    public static string Script(string address, string? role) =>
        Method<Func<string, string?, string>>("TaskLocking.PostgresSchema", "Script")(address, role);

    /// <summary>Makes the tables, or brings them up to date; the names of the steps that were made.</summary>
    public static IReadOnlyList<string> Migrate(string address, string? role) =>
        Method<Func<string, string?, IReadOnlyList<string>>>("TaskLocking.PostgresSchema", "Migrate")(address, role);

    /// <summary>Moves a board; one of the two places is an address.</summary>
    public static SyncReport Move(string from, string to, CommitOptions options, CancellationToken cancellationToken) =>
        Method<Func<string, string, CommitOptions?, CancellationToken, SyncReport>>("TaskLocking.PostgresCopy", "Run")(
            from, to, options, cancellationToken);

    /// <summary>Makes room for the boards of the stress protocol, beside the board of an address.</summary>
    public static StressDatabase MakeScratch(string address)
    {
        var scratch = Method<Func<string, object>>("TaskLocking.PostgresScratch", "Make")(address);
        return new StressDatabase(address, Member<Func<string, string>>(scratch, "AddressOf"),
            (board, folder, isOneShot) => Open(board, folder, new TaskBoardOptions { OneShot = isOneShot }))
        {
            Cut = Member<Func<int, bool>>(scratch, "Cut"),
            Remove = Member<Action>(scratch, "Remove"),
        };
    }

    private static T Member<T>(object of, string name)
        where T : Delegate => of.GetType().GetMethod(name)!.CreateDelegate<T>(of);

    private static T Method<T>(string type, string name)
        where T : Delegate => Own.Value.GetType(type, throwOnError: true)!.GetMethod(name)!.CreateDelegate<T>();

    private sealed class OwnContext(string folder) : AssemblyLoadContext("TaskLocking.PostgreSql")
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            // The engine is one for both.
            var engine = typeof(TaskBoard).Assembly;
            if (assemblyName.Name == engine.GetName().Name)
                return engine;
            var path = Path.Combine(folder, assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
#else
    /// <summary>Refuses: nothing here reaches a database.</summary>
    public static TaskBoard Open(string address, string folder, TaskBoardOptions options) => throw Unreachable(address);

    /// <inheritdoc cref="Open"/>
    public static WorkspaceReport Check(string address, string folder, CancellationToken cancellationToken) => throw Unreachable(address);

    /// <inheritdoc cref="Open"/>
    public static string Script(string address, string? role) => throw Unreachable(address);

    /// <inheritdoc cref="Open"/>
    public static IReadOnlyList<string> Migrate(string address, string? role) => throw Unreachable(address);

    /// <inheritdoc cref="Open"/>
    public static SyncReport Move(string from, string to, CommitOptions options, CancellationToken cancellationToken) =>
        throw Unreachable(WorkspacePath.IsAddress(to) ? to : from);

    /// <inheritdoc cref="Open"/>
    public static StressDatabase MakeScratch(string address) => throw Unreachable(address);

    private static TaskLockingException Unreachable(string address) => new(RefusalCode.StoreUnavailable,
        $"'{address}' needs PowerShell 7: Windows PowerShell has no way to a board in PostgreSQL. The command tasklock has one.");
#endif
}
