using System;
using System.Collections.Generic;
using System.IO;
using TaskLocking.Paths;

namespace TaskLocking.Locking;

/// <summary>What differs between the platforms about folders: links, and names that last.</summary>
internal static class PlatformFile
{
    /// <summary>Makes the names in a folder durable. Windows writes them through with the files themselves.</summary>
    /// <exception cref="TaskLockingException">What the system said.</exception>
    public static void FlushFolder(string folder)
    {
        if (!LibC.IsUnix || Faults.PlantedBug.ForgetFolder)
            return;
        var descriptor = LibCFile.Open(folder, write: false);
        if (descriptor < 0)
            throw IoRefusal.From(-descriptor, folder);
        var errno = Faults.Failpoint.Fails("disk.folder") ? 5 : LibC.Flush(descriptor, dataOnly: false);
        LibC.Close(descriptor);
        // EINVAL: a file system that keeps folders durable by itself, or not at all, and says so.
        if (errno is not 0 and not 22)
            throw IoRefusal.From(errno, folder);
    }

    /// <summary>Whether a path is the folder or lies in it; both without links.</summary>
    public static bool IsBelow(string path, string folder) =>
        path.Length >= folder.Length && path.StartsWith(folder, StringComparison.Ordinal) &&
        (path.Length == folder.Length || path[folder.Length] == Path.DirectorySeparatorChar ||
            folder[folder.Length - 1] == Path.DirectorySeparatorChar);

    /// <summary>The path with every link on the way resolved. What does not exist yet is kept as it is.</summary>
    /// <exception cref="TaskLockingException">UnsafeFile for a link that leads back to itself.</exception>
    public static string ResolveLinks(string path)
    {
#if NET
        if (!LibC.IsUnix)
            path = WindowsPath.Short(path);
        var rest = new Stack<string>();
        var links = 0;
        for (var current = Path.GetFullPath(path); ;)
        {
            var info = new DirectoryInfo(current);
            if (info.LinkTarget is not null && Target(info) is { } target)
            {
                if (++links > 40)
                    return path;
                current = target.FullName;
                continue;
            }
            if (Path.GetDirectoryName(current) is not { } parent)
                return AsKept(Path.TrimEndingDirectorySeparator(Path.Combine([current, .. rest])));
            rest.Push(Path.GetFileName(current));
            current = parent;
        }
#else
        // .NET Standard cannot read a link. Windows PowerShell's own location is not resolved either, so all its ways agree.
        var full = Path.GetFullPath(WindowsPath.Short(path));
        var root = Path.GetPathRoot(full);
        return AsKept(full.Length > (root?.Length ?? 0) ? full.TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar) : full);
#endif
    }

    // Windows: what is there in its own letters, by its long name; what is not, as it was written.
    private static string AsKept(string full)
    {
        if (LibC.IsUnix)
            return full;
        full = WindowsPath.WithDrive(full);
        for (var there = full; there is not null; there = Path.GetDirectoryName(there))
        {
            if (WindowsFile.LongName(there) is { } kept)
                return WindowsPath.WithDrive(WindowsPath.Short(kept)) + full.Remove(0, there.Length);
        }
        return full;
    }

#if NET
    private static FileSystemInfo? Target(DirectoryInfo link)
    {
        try
        {
            return link.ResolveLinkTarget(returnFinalTarget: true);
        }
        catch (IOException)
        {
            throw IoRefusal.Unsafe(link.FullName, "is a symbolic link that leads back to itself");
        }
    }
#endif
}
