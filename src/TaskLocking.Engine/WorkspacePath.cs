using System;
using System.IO;
using TaskLocking.Diagnostics;

namespace TaskLocking;

/// <summary>Which folder is the workspace: named, else <c>TASKLOCKING_WORKSPACE</c>, else the nearest one upward with <c>.todo2</c>, else here.</summary>
public static class WorkspacePath
{
    /// <summary>The name of the folder that holds the store.</summary>
    public const string StoreFolder = ".todo2";

    /// <summary>The environment variable that names a workspace.</summary>
    public const string Variable = "TASKLOCKING_WORKSPACE";

    /// <summary>Finds the workspace.</summary>
    /// <param name="named">What the user said, absolute or relative to <paramref name="current"/>; null or empty if nothing.</param>
    /// <param name="current">The full path of the shell's location.</param>
    /// <exception cref="TaskLockingException">InvalidArgument for a URI of a store that does not exist yet, PathNotFound.</exception>
    public static string Find(string? named, string current)
    {
        if (string.IsNullOrEmpty(named))
            named = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(named))
            return Canonical(IsUri(named!) ? named! : Path.Combine(current, named!));
        for (var folder = new DirectoryInfo(current); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, StoreFolder)))
                return Canonical(folder.FullName);
        }
        return Canonical(current);
    }

    /// <summary>True for a value with a scheme ("postgres://…"), which is never a path.</summary>
    public static bool IsUri(string value) => value.IndexOf("://", StringComparison.Ordinal) > 0;

    /// <summary>The full path of an existing folder with every link on the way resolved, so that every way to it meets the same locks.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument for a URI, PathNotFound.</exception>
    public static string Canonical(string folder)
    {
        if (IsUri(folder))
            throw new TaskLockingException(RefusalCode.InvalidArgument, $"'{folder}' is not a folder. A workspace is a path, for example --workspace /srv/project.");
        var full = Path.GetFullPath(folder);
        if (!Directory.Exists(full))
        {
            throw new TaskLockingException(new Refusal(RefusalCode.PathNotFound,
                $"The workspace '{full}' {(File.Exists(full) ? "is not a folder" : "does not exist")}. Name an existing folder.")
            { Path = full });
        }
        return Locking.PlatformFile.ResolveLinks(full);
    }
}
