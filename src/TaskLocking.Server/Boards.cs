using System.Runtime.CompilerServices;

namespace TaskLocking.Server;

/// <summary>Opens the board of a place, in its folder or in a database, for a process that goes on with it.</summary>
internal static class Boards
{
    public static TaskBoard Open(WorkspacePlace place)
    {
        var options = new TaskBoardOptions { OneShot = false };
        return place.Address is { } address ? OpenElsewhere(address, place.Folder, options) : TaskBoard.Open(place.Folder, options);
    }

    // Where no database is needed nothing of one is loaded.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TaskBoard OpenElsewhere(string address, string folder, TaskBoardOptions options) =>
        PostgresBoard.Open(address, folder, options);
}
