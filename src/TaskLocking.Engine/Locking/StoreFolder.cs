using System;
using System.Collections.Generic;
using System.IO;

namespace TaskLocking.Locking;

/// <summary>
/// The folders of a store: made with the rights of the folder above, so that who shares that shares the store, and read only where they are
/// folders and no links: what is swept there must be the store's.
/// </summary>
internal static class StoreFolder
{
    /// <summary>Makes the folder if there is none; the one above must be there.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="isStore">Whether it is the store itself, which may be a link as a whole.</param>
    /// <exception cref="TaskLockingException">UnsafeFile if something else stands there; DiskFull and the like.</exception>
    public static void Ensure(string path, bool isStore = false)
    {
        if (isStore ? Directory.Exists(path) : IsThere(path))
            return;
        if (NewFolder.TryMake(path))
            StoreRights.Share(path, isStore);
        else
            _ = IsThere(path);
    }

    /// <summary>Whether the folder is there.</summary>
    /// <exception cref="TaskLockingException">UnsafeFile if something else stands there.</exception>
    public static bool IsThere(string path)
    {
        if (FileFacts.At(path) is not { } facts)
            return false;
        return facts.IsFolder ? true : throw IoRefusal.Unsafe(path, "is " + facts.Kind + " and not a folder");
    }

    /// <summary>The full paths of what fits the pattern; nothing if there is no such folder.</summary>
    /// <exception cref="TaskLockingException">UnsafeFile if something else stands there; AccessDenied and the like.</exception>
    public static IReadOnlyList<string> Files(string path, string pattern)
    {
        if (!IsThere(path))
            return [];
        try
        {
            return Directory.GetFiles(path, pattern);
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw IoRefusal.From(exception, path);
        }
    }
}
