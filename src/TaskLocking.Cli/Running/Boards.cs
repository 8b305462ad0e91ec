using System;
using System.Runtime.CompilerServices;

namespace TaskLocking.Cli.Running;

/// <summary>Opens the board of a place, in its folder or in a database.</summary>
internal static class Boards
{
    /// <param name="place">Where it is.</param>
    /// <param name="session">Who holds tasks; null for this process.</param>
    /// <param name="lasts">Whether this process goes on with the board, instead of ending with its answer.</param>
    /// <param name="patience">The longest wait for a server; null for the default.</param>
    public static TaskBoard Open(WorkspacePlace place, LockSession? session = null, bool lasts = false, TimeSpan? patience = null)
    {
        var options = new TaskBoardOptions { OneShot = !lasts, Session = session, Patience = patience };
        return place.Address is { } address ? OpenElsewhere(address, place.Folder, options) : TaskBoard.Open(place.Folder, options);
    }

    /// <summary>Opens one in a database for the stress protocol.</summary>
    public static TaskBoard OpenForStress(string address, string folder, bool isOneShot) =>
        OpenElsewhere(address, folder, new TaskBoardOptions { OneShot = isOneShot });

    // Of a command that needs no database nothing of one is loaded.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TaskBoard OpenElsewhere(string address, string folder, TaskBoardOptions options) =>
        PostgresBoard.Open(address, folder, options);
}
