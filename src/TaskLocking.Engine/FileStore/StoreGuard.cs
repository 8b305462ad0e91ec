using System;
using System.Globalization;
using System.IO;
using System.Text;
using TaskLocking.Locking;
using TaskLocking.Model;
using TaskLocking.Todo2;
using TaskLocking.Workspaces;

namespace TaskLocking.FileStore;

/// <summary>
/// A sign in the git directory that a repository had a board: <c>git clean -fdx</c> takes the store away, which git ignores, and not this.
/// So who begins one anew sees that there was one, says so, and gives out no version that the other gave out. It only helps: where it
/// cannot be written, nothing stops.
/// </summary>
internal static class StoreGuard
{
    /// <summary>The folder in the git directory.</summary>
    public const string FolderName = "tasklocking";

    /// <summary>The sign of the board at the top of the tree. Its line without a remark is the path of the store.</summary>
    public const string BoardName = "board";

    /// <summary>Whether there was a store here before. To be asked where no journal is left.</summary>
    public static bool IsKnown(StorePaths paths) => PlaceOf(paths) is { } place && FileFacts.At(place) is { IsPlain: true };

    /// <summary>Tells who only looks that the board which was here is gone; who changes something is told when it begins anew.</summary>
    public static void TellGone(StorePaths paths, StoreNotices notices)
    {
        if (IsKnown(paths))
            notices.Add(new StoreNotice(StoreNoticeKind.StorePutBack,
                $"The board that was in '{paths.Folder}' is gone, as 'git clean -fdx' takes it away: what is not in the document is lost. "
                + "Put a copy of the folder back, or the next change begins it anew.", paths.Folder));
    }

    /// <summary>Leaves the sign.</summary>
    public static void Leave(StorePaths paths)
    {
        try
        {
            if (PlaceOf(paths) is not { } place || FileFacts.At(place) is not null)
                return;
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            var text = "# There is a board of TaskLocking in this repository: should it be gone, whoever begins it anew is told.\n"
                + paths.Folder + "\n";
            FileBytes.Replace(FileBytes.WriteBeside(place, Encoding.UTF8.GetBytes(text), durable: false), place);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or TaskLockingException)
        {
            System.Diagnostics.Debug.WriteLine(exception);
        }
    }

    // One for each board of the repository; a linked worktree has none, and what lies in the git directory is not cleaned.
    private static string? PlaceOf(StorePaths paths)
    {
        try
        {
            var workspace = Path.GetDirectoryName(paths.Folder)!;
            if (GitTree.Of(workspace) is not { Main: null } tree)
                return null;
            var part = workspace.Remove(0, tree.Top.Length);
            var name = part.Length == 0 ? BoardName : BoardName + "-"
                + Crc32C.Append(0, Encoding.UTF8.GetBytes(part)).ToString("x8", CultureInfo.InvariantCulture);
            return Path.Combine(tree.GitDirectory, FolderName, name);
        }
        catch (TaskLockingException)
        {
            return null; // a worktree whose repository cannot be reached
        }
    }
}
