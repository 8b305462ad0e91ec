using System.IO;
using System.Text;
using TaskLocking.Locking;

namespace TaskLocking.Workspaces;

/// <summary>
/// A file <c>redirect</c> in <c>.todo2</c> that says where the board is instead: the folder of another workspace, absolute or relative to
/// the one that has the <c>.todo2</c>, or the address of a board in a database. Followed once, and of folders only to where a store is: a
/// folder from elsewhere makes none where it likes.
/// </summary>
internal static class StoreRedirect
{
    public const string FileName = "redirect";

    private const int Longest = 4_096;

    /// <summary>The workspace or address that it names; null where there is no such file.</summary>
    /// <exception cref="TaskLockingException">UnsafeFile for what is no plain file, and for one that leads nowhere or on to another;
    /// AccessDenied.</exception>
    public static string? Of(string workspace)
    {
        var file = Path.Combine(workspace, WorkspacePath.StoreFolder, FileName);
        if (FileFacts.At(file) is null)
            return null;
        using var stream = StoreFile.TryOpen(file, FileAccess.Read);
        if (stream is null)
            return null;
        if (stream.Length is 0 or > Longest)
            throw Wrong(file, "has no path");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var named = reader.ReadToEnd().Trim();
        if (WorkspacePath.IsAddress(named) && named.IndexOfAny(['\0', '\n', '\r']) < 0)
            return named;
        if (named.Length == 0 || named.IndexOfAny(['\0', '\n', '\r']) >= 0 || WorkspacePath.IsUri(named))
            throw Wrong(file, "has no path");
        var target = Path.GetFullPath(Path.Combine(workspace, named));
        if (!Directory.Exists(Path.Combine(target, WorkspacePath.StoreFolder)))
            throw Wrong(file, $"leads to '{target}', where there is no '{WorkspacePath.StoreFolder}'");
        if (FileFacts.At(Path.Combine(target, WorkspacePath.StoreFolder, FileName)) is not null)
            throw Wrong(file, $"leads to '{target}', which leads on: one step is followed");
        return target;
    }

    /// <summary>Refuses a folder whose board is in a database: whoever names the folder would find an old one, or begin another.</summary>
    /// <param name="store">The store of the folder.</param>
    /// <exception cref="TaskLockingException">StoreUnavailable with the address.</exception>
    public static void RefuseMoved(string store)
    {
        var file = Path.Combine(store, FileName);
        if (!File.Exists(file) || Of(Path.GetDirectoryName(store)!) is not { } to || !WorkspacePath.IsAddress(to))
            return;
        throw new TaskLockingException(new Refusal(RefusalCode.StoreUnavailable,
            $"The board of this folder is in a database, as '{file}' says: name '{to}', or nothing. To bring it back: "
            + "tasklock store copy.")
        { Path = file });
    }

    private static TaskLockingException Wrong(string file, string what) =>
        IoRefusal.Unsafe(file, what + ". Write the folder of a workspace into it, or postgres://user@host/database/board, or remove it");
}
