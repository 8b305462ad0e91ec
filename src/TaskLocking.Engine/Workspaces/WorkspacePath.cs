using System;
using System.IO;
using TaskLocking.Paths;
using TaskLocking.Workspaces;

namespace TaskLocking;

/// <summary>
/// Which folder is the workspace: named, else <c>TASKLOCKING_WORKSPACE</c>; else, in a linked worktree of git, that of the main worktree,
/// for a repository has one board; else the nearest one upward with <c>.todo2</c>, but none above the repository; else the top of the
/// repository; else here. A <c>.todo2</c> that is met on the way may have a file <c>redirect</c>.
/// </summary>
public static class WorkspacePath
{
    /// <summary>The name of the folder that holds the store.</summary>
    public const string StoreFolder = ".todo2";

    /// <summary>The environment variable that names a workspace.</summary>
    public const string Variable = "TASKLOCKING_WORKSPACE";

    /// <summary>Finds the workspace.</summary>
    /// <param name="named">What the user said, absolute or relative to <paramref name="current"/>; null or empty if nothing.</param>
    /// <param name="current">The full path of the shell's location.</param>
    /// <exception cref="TaskLockingException">InvalidArgument for a URI of a store that does not exist yet, for a store in
    /// place of its workspace, and for a name that is not UTF-8; PathNotFound, AccessDenied; of a store that was found, not named,
    /// UntrustedStore, and UnsafeFile if it is no folder; of a tree of git, SeparateStore if it has a living store beside that of its
    /// repository, StoreUnavailable if that cannot be reached.</exception>
    public static string Find(string? named, string current) => Locate(named, () => current).Folder;

    /// <summary>The same where the location may be one that cannot be told: it is asked for only if it is needed.</summary>
    /// <param name="named">What the user said, absolute or relative to <paramref name="current"/>; null or empty if nothing.</param>
    /// <param name="current">Gives the full path of the shell's location.</param>
    /// <exception cref="TaskLockingException">As above, and what <paramref name="current"/> throws.</exception>
    public static string Find(string? named, Func<string> current) => Locate(named, current).Folder;

    /// <summary>Finds the project: as the workspace, but a linked worktree is one of its own, for its files are.</summary>
    /// <inheritdoc cref="Find(string?, Func{string})"/>
    public static string FindProject(string? named, Func<string> current) => Locate(named, current, staysInTree: true).Folder;

    /// <summary>Finds the workspace and tells why it is this one.</summary>
    /// <inheritdoc cref="Find(string?, Func{string})"/>
    public static WorkspacePlace Locate(string? named, Func<string> current) => Locate(named, current, staysInTree: false);

    private static WorkspacePlace Locate(string? named, Func<string> current, bool staysInTree)
    {
        var reason = "it was named";
        if (string.IsNullOrEmpty(named))
            (named, reason) = (EnvironmentText.Variable(Variable), $"{Variable} names it");
        if (!string.IsNullOrEmpty(named))
        {
            if (IsAddress(named!))
                return new WorkspacePlace(Around(current()), reason) { Address = named };
            var path = IsUri(named!) ? named! : CallerPath.Full(current, named!);
            RefuseStore(path);
            var folder = Canonical(path);
            if (!staysInTree)
                StoreRedirect.RefuseMoved(Path.Combine(folder, StoreFolder));
            return new WorkspacePlace(folder, reason);
        }
        var here = current();
        // Of a folder that is gone, or that is called otherwise, the folders above are others than those that are meant.
        EnvironmentText.RefuseLost(here, here);
        if (!Directory.Exists(here))
            throw Missing(here, "The current folder", "Change to one that exists, or name the workspace by an absolute path.");
        here = Canonical(here);
        var tree = GitTree.Of(here);
        var own = Nearest(here, tree?.Top);
        if (own is not null && !staysInTree && Redirected(own, here) is { } redirected)
            return redirected;
        if (tree?.Main is { } main && !staysInTree)
            return OfRepository(here, tree, main, own);
        if (own is not null)
            return Trusted(own, here, own == here ? "it is here" : "it is the nearest upward");
        return tree is null ? new WorkspacePlace(here, "there is none yet")
            : new WorkspacePlace(tree.Top, "there is none yet in this repository");
    }

    // The files that a board in a database is about: those of the repository, named alike in every clone of it.
    private static string Around(string here)
    {
        here = Canonical(here);
        return GitTree.Of(here)?.Top ?? here;
    }

    private static WorkspacePlace OfRepository(string here, GitTree tree, string main, string? own)
    {
        var top = tree.Top;
        var kind = tree.IsLinked ? "linked worktree" : "working tree";
        // Where there are boards in parts of the repository, the one of this part.
        var part = Path.GetFullPath(main + here.Remove(0, top.TrimEnd(Path.DirectorySeparatorChar).Length));
        while (!Directory.Exists(part) && part.Length > main.Length)
            part = Path.GetDirectoryName(part)!;
        var board = Nearest(part, main) ?? main;
        if (own == board)
            own = null; // we are in the git directory
        if (own is not null && Directory.Exists(Path.Combine(own, StoreFolder, "journal")))
            throw Separate(top, kind, own, board);
        if (Redirected(board, here) is { } redirected)
            return redirected;
        return Trusted(board, here, $"'{top}' is a {kind} of this repository") with
        {
            Copy = own is null ? null : Path.Combine(own, StoreFolder),
        };
    }

    private static string? Nearest(string from, string? top)
    {
        for (var folder = from; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (HasStore(folder))
                return folder;
            if (folder == top)
                return null;
        }
        return null;
    }

    private static WorkspacePlace? Redirected(string workspace, string here)
    {
        if (!File.Exists(Path.Combine(workspace, StoreFolder, StoreRedirect.FileName)))
            return null;
        WorkspaceTrust.Require(workspace, isHere: workspace == here);
        if (StoreRedirect.Of(workspace) is not { } target)
            return null;
        var reason = $"'{Path.Combine(workspace, StoreFolder, StoreRedirect.FileName)}' leads there";
        return IsAddress(target) ? new WorkspacePlace(workspace, reason) { Address = target } : Trusted(Canonical(target), here, reason);
    }

    private static WorkspacePlace Trusted(string workspace, string here, string reason)
    {
        WorkspaceTrust.Require(workspace, isHere: workspace == here);
        return new WorkspacePlace(workspace, reason);
    }

    private static TaskLockingException Separate(string top, string kind, string own, string board) => new(new Refusal(
        RefusalCode.SeparateStore,
        $"'{top}' is a {kind}, whose board is that of its repository, '{board}'; but it has a store of its own, " +
        $"'{Path.Combine(own, StoreFolder)}', " +
        $"with work that the other does not know. Merge it, which keeps everything: tasklock sync --workspace '{own}' --into '{board}' " +
        "(Sync-TaskWorkspace -Workspace … -Into … in PowerShell), or name the one that you mean (--workspace, -Workspace).")
    { Path = Path.Combine(own, StoreFolder) });

    /// <summary>True for a value with a scheme ("postgres://…"), which is never a path.</summary>
    public static bool IsUri(string value) => value.IndexOf("://", StringComparison.Ordinal) > 0;

    /// <summary>True for the address of a board in a database, "postgres://…".</summary>
    public static bool IsAddress(string value) => value.StartsWith("postgres://", StringComparison.Ordinal)
        || value.StartsWith("postgresql://", StringComparison.Ordinal);

    /// <summary>
    /// The full path of an existing folder with every link on the way resolved, so that every way to it meets the same locks.
    /// </summary>
    /// <exception cref="TaskLockingException">InvalidArgument for a URI, PathNotFound.</exception>
    public static string Canonical(string folder)
    {
        if (IsUri(folder))
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"'{folder}' is not a folder. A workspace is a path, for example --workspace /srv/project, or a board in PostgreSQL, "
                + "postgres://user@host/database/board.");
        var full = Path.GetFullPath(Locking.LibC.IsUnix ? folder : WindowsPath.Short(folder));
        EnvironmentText.RefuseLost(full, full);
        if (!Directory.Exists(full))
            throw Missing(full, "The workspace", "Name an existing folder.");
        var resolved = Locking.PlatformFile.ResolveLinks(full);
        EnvironmentText.RefuseLost(resolved, full);
        return resolved;
    }

    // A store in a store would be one that nobody finds again.
    private static void RefuseStore(string path)
    {
        if (IsUri(path))
            return;
        var full = Path.GetFullPath(path);
        if (Array.IndexOf(full.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar), StoreFolder) >= 0)
            throw new TaskLockingException(new Refusal(RefusalCode.InvalidArgument,
                $"'{full}' is a store, or lies in one: a workspace is the folder that has '{StoreFolder}'. Name that.")
            { Path = full });
    }

    // Where the right to look is missing, a store may be there: the next one above would be another's.
    private static bool HasStore(string folder)
    {
        var store = Path.Combine(folder, StoreFolder);
        if (Directory.Exists(store))
            return true;
        if (Locking.FileFacts.At(store) is { } strange)
            throw Locking.IoRefusal.Unsafe(store, "is " + strange.Kind
                + (strange.IsLink ? " that leads to no folder" : " and not a folder"));
        if (Locking.LibC.IsLinux && Locking.LibCStat.IsHidden(store))
            throw Locking.IoRefusal.From(Locking.LibC.NoRight, store);
        return false;
    }

    private static TaskLockingException Missing(string path, string what, string remedy)
    {
        if (Locking.LibC.IsLinux && Locking.LibCStat.IsHidden(path))
            return Locking.IoRefusal.From(Locking.LibC.NoRight, path);
        return new TaskLockingException(new Refusal(RefusalCode.PathNotFound,
            $"{what} '{path}' {(File.Exists(path) ? "is not a folder" : "does not exist")}. {remedy}")
        { Path = path });
    }
}
