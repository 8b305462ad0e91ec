using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using TaskLocking.FileStore;
using TaskLocking.Locking;
using TaskLocking.Model;
using TaskLocking.Rules;
using TaskLocking.Workspaces;

namespace TaskLocking;

/// <summary>
/// Brings what one store has into another. The one that is merged is locked meanwhile, so nothing is committed to it that the other would
/// not get. If it is the store of a linked worktree beside the repository's board, its journal is put aside after that: then it is a copy.
/// </summary>
public static class BoardMerge
{
    /// <summary>Takes over the tasks of a store by their ids; nothing of either is dropped.</summary>
    /// <param name="from">The store that is merged, open for the time of the call.</param>
    /// <param name="into">The one that gets its tasks.</param>
    /// <param name="options">Of both commits; null for the defaults.</param>
    /// <param name="cancellationToken">Ends a wait.</param>
    /// <exception cref="TaskLockingException">InvalidArgument for one and the same, PathNotFound where there is no store, DependencyCycle
    /// where tasks of both would wait for one another; what a commit may meet.</exception>
    public static MergeReport Run(TaskBoard from, TaskBoard into, CommitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new CommitOptions();
        if ((from.Address ?? into.Address) is { } address)
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"'{address}' is not in a folder, and only boards in folders are merged. To move a board: tasklock store copy.");
        var now = DateTimeOffset.UtcNow;
        var (source, target) = (new StorePaths(from.Workspace), new StorePaths(into.Workspace));
        if (string.Equals(source.Folder, target.Folder, StringComparison.Ordinal))
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"'{source.Folder}' is the store itself. Name the workspace that shall get its tasks.");
        // The document has to say all, for it is what stays there.
        from.Sync(options, cancellationToken);
        using var stateLock = ExclusiveLock.Acquire(source.StateLock,
            LockOptions.OnTheWay(options.Timeout ?? TimeSpan.FromSeconds(10), options.OnWait), cancellationToken);
        var state = from.State(cancellationToken);
        var archived = from.Archived(cancellationToken);
        var written = archived.Count == 0 ? null : new WrittenArchive(into.WriteArchive(archived, now), archived);
        from.CopyHistories(into, cancellationToken);
        var report = into.Transact(new MergeRule(state, ProcessLiveness.OfThisHost, written), 2, options, cancellationToken);
        var lost = report.Differing.Select(id => state.Find(id)!.ToJson()).ToList();
        return report with
        {
            KeptAside = lost.Count == 0 ? null
                : AsideFiles.Keep(target, "merged.json", Encoding.UTF8.GetBytes("[\n" + string.Join(",\n", lost) + "\n]\n"), now),
            Retired = IsTrees(from.Workspace, into.Workspace) ? Retire(source, now) : null,
        };
    }

    private static bool IsTrees(string own, string board) => GitTree.Of(own)?.Main is { } main && PlatformFile.IsBelow(board, main);

    private static string? Retire(StorePaths paths, DateTimeOffset now)
    {
        if (!Directory.Exists(paths.Journals))
            return null;
        StoreFolder.Ensure(paths.Aside);
        var place = Path.Combine(paths.Aside, now.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture)
            + "-journal");
        try
        {
            Directory.Move(paths.Journals, place);
            PlatformFile.FlushFolder(paths.Folder);
            return place;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw IoRefusal.From(exception, paths.Journals);
        }
    }
}
