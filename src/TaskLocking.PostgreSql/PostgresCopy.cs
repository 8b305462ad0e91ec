using System;
using System.IO;
using System.Threading;
using TaskLocking.PostgreSql;

namespace TaskLocking;

/// <summary>
/// Moves a board from a folder into a database, back, or from one database to another, with versions, tokens and histories. The one that
/// was copied is closed: who comes there is told where it is now. What broke off is ended by running it again.
/// </summary>
public static class PostgresCopy
{
    /// <summary>Moves a board.</summary>
    /// <param name="from">A folder, or the address of a board.</param>
    /// <param name="to">Where there is no board yet.</param>
    /// <param name="options">Waiting; null for the defaults.</param>
    /// <param name="cancellationToken">Ends a wait.</param>
    /// <returns>The version and the number of tasks.</returns>
    /// <exception cref="TaskLockingException">InvalidArgument where neither is in a database, or there is a board already; what the server
    /// or the system said.</exception>
    public static SyncReport Run(string from, string to, CommitOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new CommitOptions();
        var (isFromServer, isToServer) = (WorkspacePath.IsAddress(from), WorkspacePath.IsAddress(to));
        if (!isFromServer && !isToServer)
            throw new TaskLockingException(RefusalCode.InvalidArgument, "Both are folders. One of them has to be the address of a board, "
                + "for example: tasklock store copy . postgres://user@host/database/board");
        from = isFromServer ? from : WorkspacePath.Canonical(from);
        to = isToServer ? to : WorkspacePath.Canonical(to);
        try
        {
            return isToServer ? ToServer(from, to, isFromServer, options, cancellationToken) : ToFolder(from, to);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Locking.IoRefusal.From(fault, isFromServer ? to : from);
        }
    }

    private static SyncReport ToServer(
        string from, string to, bool isFromServer, CommitOptions options, CancellationToken cancellationToken)
    {
        var target = new ServerTarget(ServerAddress.Parse(to));
        SyncReport? report = null;
        if (isFromServer)
            report = new ServerSource(ServerAddress.Parse(from)).Move(to, board => target.Put(board, from));
        else if (!new FolderEnd(from).IsClosedFor(to))
            report = new FolderEnd(from).Move(
                to, board => target.Put(board, from), options, cancellationToken);
        target.Open(from);
        return report ?? Look(to);
    }

    private static SyncReport ToFolder(string from, string to)
    {
        var target = new FolderEnd(to);
        if (target.IsComing && IsMovedTo(from, to))
        {
            target.Open();
            return Look(to);
        }
        var report = new ServerSource(ServerAddress.Parse(from)).Move(to, target.Put);
        target.Open();
        return report;
    }

    private static bool IsMovedTo(string from, string to)
    {
        try
        {
            _ = Look(from);
            return false;
        }
        catch (TaskLockingException closed) when (closed.Refusal.Code == RefusalCode.StoreUnavailable)
        {
            return closed.Message.Contains($"'{to}'", StringComparison.Ordinal);
        }
    }

    private static SyncReport Look(string place)
    {
        using var board = WorkspacePath.IsAddress(place)
            ? PostgresBoard.Open(place, Path.GetTempPath(), new TaskBoardOptions { OneShot = true })
            : TaskBoard.Open(place, new TaskBoardOptions { OneShot = true });
        var state = board.State(default);
        return new SyncReport(state.Version, state.Count, 0, [], 0, false);
    }
}
