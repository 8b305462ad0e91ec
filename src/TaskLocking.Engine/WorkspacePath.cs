using System;
using System.IO;
using TaskLocking.Diagnostics;

namespace TaskLocking;

/// <summary>
/// Which folder is the workspace: named, else <c>TASKLOCKING_WORKSPACE</c>, else the nearest one upward with <c>.todo2</c>, else here.
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
    /// <exception cref="TaskLockingException">InvalidArgument for a URI of a store that does not exist yet, and for a name that is not
    /// UTF-8; PathNotFound, AccessDenied; of a store that was found, not named, UntrustedStore, and UnsafeFile if it is no
    /// folder.</exception>
    public static string Find(string? named, string current) => Find(named, () => current);

    /// <summary>The same where the location may be one that cannot be told: it is asked for only if it is needed.</summary>
    /// <param name="named">What the user said, absolute or relative to <paramref name="current"/>; null or empty if nothing.</param>
    /// <param name="current">Gives the full path of the shell's location.</param>
    /// <exception cref="TaskLockingException">As above, and what <paramref name="current"/> throws.</exception>
    public static string Find(string? named, Func<string> current)
    {
        if (string.IsNullOrEmpty(named))
            named = EnvironmentText.Variable(Variable);
        if (!string.IsNullOrEmpty(named))
            return Canonical(IsUri(named!) || Path.IsPathRooted(named!) ? named! : Path.Combine(current(), named!));
        var here = current();
        // Of a folder that is gone, or that is called otherwise, the folders above are others than those that are meant.
        EnvironmentText.RefuseLost(here, here);
        if (!Directory.Exists(here))
            throw Missing(here, "The current folder", "Change to one that exists, or name the workspace by an absolute path.");
        for (var folder = new DirectoryInfo(here); folder is not null; folder = folder.Parent)
        {
            if (!HasStore(folder.FullName))
                continue;
            var found = Canonical(folder.FullName);
            WorkspaceTrust.Require(found, isHere: folder.FullName.Length == here.TrimEnd(Path.DirectorySeparatorChar).Length);
            return found;
        }
        return Canonical(here);
    }

    /// <summary>True for a value with a scheme ("postgres://…"), which is never a path.</summary>
    public static bool IsUri(string value) => value.IndexOf("://", StringComparison.Ordinal) > 0;

    /// <summary>
    /// The full path of an existing folder with every link on the way resolved, so that every way to it meets the same locks.
    /// </summary>
    /// <exception cref="TaskLockingException">InvalidArgument for a URI, PathNotFound.</exception>
    public static string Canonical(string folder)
    {
        if (IsUri(folder))
            throw new TaskLockingException(RefusalCode.InvalidArgument, $"'{folder}' is not a folder. A workspace is a path, for example --workspace /srv/project.");
        var full = Path.GetFullPath(folder);
        EnvironmentText.RefuseLost(full, full);
        if (!Directory.Exists(full))
            throw Missing(full, "The workspace", "Name an existing folder.");
        var resolved = Locking.PlatformFile.ResolveLinks(full);
        EnvironmentText.RefuseLost(resolved, full);
        return resolved;
    }

    // Where the right to look is missing, a store may be there: the next one above would be another's.
    private static bool HasStore(string folder)
    {
        var store = Path.Combine(folder, StoreFolder);
        if (Directory.Exists(store))
            return true;
        if (Locking.FileFacts.At(store) is { } strange)
            throw Locking.IoRefusal.Unsafe(store, "is " + strange.Kind + (strange.IsLink ? " that leads to no folder" : " and not a folder"));
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
