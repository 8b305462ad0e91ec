using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using TaskLocking.Locking;
using TaskLocking.SelfTest;
using TaskLocking.Workspaces;

namespace TaskLocking;

/// <summary>
/// The self-test of a workspace on its actual mount. Works in a scratch folder, <c>.tasklocking-check-…</c>, beside the store and removes
/// it. What fails is an item of the report, never an exception.
/// </summary>
public static class WorkspaceCheck
{
    /// <summary>Runs all tests.</summary>
    /// <param name="workspace">The canonical full path.</param>
    /// <param name="holder">Makes the start of a second process that opens the given file with <c>FileShare.None</c>, writes the line
    /// "locked" to its standard output and holds on until its standard input ends. Each face has one.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="OperationCanceledException">It was ended early; the scratch folder is removed all the same.</exception>
    public static WorkspaceReport Run(string workspace, Func<string, ProcessStartInfo> holder,
        CancellationToken cancellationToken = default)
    {
        var paths = PathsOf(workspace);
        var mount = MountInfo.Of(paths.Folder);
        // Beside the store, unless that is a link, or a mount of its own: then what is true there may not be true here.
        var isElsewhere = Directory.Exists(paths.Folder) && mount.Point != MountInfo.Of(workspace).Point;
        using var scratch = new ScratchFolder(isElsewhere ? paths.Folder : workspace);
        using var other = new HolderProcess(holder);
        var items = new (string Name, Func<string> Test)[]
        {
            ("Exclusion", () => ExclusionCheck.Run(scratch.PathOf("two-handles.lock"))),
            ("ExclusionAcrossProcesses", () => ProcessCheck.Exclusion(other, scratch.PathOf("two-processes.lock"), cancellationToken)),
            ("ReleaseOnKill", () => ProcessCheck.ReleaseOnKill(other, cancellationToken)),
            ("RenameOverOpenFile", () => RenameCheck.Run(scratch.PathOf("view"), scratch.PathOf("new-view"))),
            ("Flush", () => FlushCheck.Run(scratch.PathOf("journal"))),
            ("Clock", () => ClockCheck.Run(scratch.PathOf("fresh"), TimeProvider.System)),
            ("State", () => StateCheck.Run(workspace)),
            (TodosCheck.Name, () => TodosCheck.Run(workspace)),
            ("Archive", () => ArchiveCheck.Run(workspace, paths)),
            ("Document", () => DocumentCheck.Run(paths)),
            ("Copies", () => CopiesCheck.Run(paths)),
            ("Owner", () => OwnerCheck.Run(workspace)),
            ("Files", () => FilesCheck.Run(paths)),
            ("Rights", () => RightsCheck.Run(paths)),
            ("Mount", () => MountCheck.Run(mount)),
        }.Select(item => Try(item.Name, item.Test, cancellationToken)).ToList();
        return new WorkspaceReport(workspace, mount.Point, mount.Type, items.TrueForAll(item => item.Passed), items);
    }

    private static StorePaths PathsOf(string workspace)
    {
        try
        {
            return new StorePaths(workspace);
        }
        catch (TaskLockingException)
        {
            return StorePaths.Of(workspace); // The state's own test names what is wrong with it.
        }
    }

    private static WorkspaceCheckItem Try(string name, Func<string> test, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var watch = Stopwatch.StartNew();
        try
        {
            return new WorkspaceCheckItem(name, Passed: true, test(), watch.Elapsed);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever it is, it is this test's finding: the next one still tells something.
            return new WorkspaceCheckItem(name, Passed: false, exception.Message, watch.Elapsed);
        }
    }
}
