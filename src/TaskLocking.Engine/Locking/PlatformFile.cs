using System;
using System.Collections.Generic;
using System.IO;
using Microsoft.Win32.SafeHandles;

namespace TaskLocking.Locking;

/// <summary>What differs between the platforms about files that are not locks: rights, links, durable folders.</summary>
internal static class PlatformFile
{
    /// <summary>Makes an empty file if there is none, as writable to group and others as its folder is. What is there stays.</summary>
    public static void Create(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            ShareLikeFolder(stream.SafeFileHandle, path);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Somebody else was first; that is as good.
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw IoRefusal.From(exception, path);
        }
    }

    /// <summary>Gives group and others the rights on a new file that they have on its folder: a shared folder is for sharing.</summary>
    public static void ShareLikeFolder(SafeFileHandle file, string path)
    {
        if (!LibC.IsLinux || FileStamp.Of(Path.GetDirectoryName(path)!) is not { } folder || FileStamp.Of(file) is not { } own)
            return;
        const int GroupAndOthers = 0x36; // 0066: read and write
        var wanted = 0x180 | (folder.Mode & GroupAndOthers);
        if ((own.Mode & 0x1ff) != wanted)
            LibC.ChangeMode((int)file.DangerousGetHandle(), wanted);
    }

    /// <summary>Makes the names in a folder durable. Windows writes them through with the files themselves.</summary>
    /// <exception cref="Diagnostics.TaskLockingException">What the system said.</exception>
    public static void FlushFolder(string folder)
    {
        if (!LibC.IsUnix)
            return;
        var descriptor = LibC.Open(folder, write: false);
        if (descriptor < 0)
            throw IoRefusal.From(-descriptor, folder);
        var errno = LibC.Flush(descriptor, dataOnly: false);
        LibC.Close(descriptor);
        // EINVAL: a file system that keeps folders durable by itself, or not at all, and says so.
        if (errno is not 0 and not 22)
            throw IoRefusal.From(errno, folder);
    }

    /// <summary>The path with every link on the way resolved. What does not exist yet is kept as it is.</summary>
    public static string ResolveLinks(string path)
    {
#if NET
        var rest = new Stack<string>();
        var links = 0;
        for (var current = Path.GetFullPath(path); ;)
        {
            var info = new DirectoryInfo(current);
            if (info.LinkTarget is not null && info.ResolveLinkTarget(returnFinalTarget: true) is { } target)
            {
                if (++links > 40)
                    return path;
                current = target.FullName;
                continue;
            }
            if (Path.GetDirectoryName(current) is not { } parent)
                return Path.TrimEndingDirectorySeparator(Path.Combine([current, .. rest]));
            rest.Push(Path.GetFileName(current));
            current = parent;
        }
#else
        // .NET Standard cannot read a link. Windows PowerShell's own location is not resolved either, so all its ways agree.
        var full = Path.GetFullPath(path);
        var root = Path.GetPathRoot(full);
        return full.Length > (root?.Length ?? 0) ? full.TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar) : full;
#endif
    }
}
