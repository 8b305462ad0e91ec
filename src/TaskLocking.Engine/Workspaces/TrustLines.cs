using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using TaskLocking.Locking;

namespace TaskLocking.Workspaces;

/// <summary>
/// A file of this user's own in which each line is something that he trusts. Written whole under a lock of its own. A file that others
/// could have written to is refused, not believed.
/// </summary>
internal static class TrustLines
{
    private const long Longest = 1 << 20;
    private const int WritableByOthers = 0x12;

    /// <summary>Whether a line is there.</summary>
    /// <exception cref="TaskLockingException">UnsafeFile, and what the system said.</exception>
    public static bool Have(string path, string line) => Read(path).Contains(line, StringComparer.Ordinal);

    /// <summary>Puts a line in or takes it out; false if it was so already.</summary>
    /// <param name="path">The file; its folder must be there.</param>
    /// <param name="line">The line, without its end.</param>
    /// <param name="isTrusted">Whether it is put in.</param>
    /// <param name="isReplaced">Of the others that an entry takes the place of; null for none.</param>
    /// <exception cref="TaskLockingException">UnsafeFile, LockTimeout, and what the system said.</exception>
    public static bool Set(string path, string line, bool isTrusted, Func<string, bool>? isReplaced = null)
    {
        using var turn = ExclusiveLock.Acquire(path + ".lock");
        var lines = Read(path);
        if (lines.Contains(line, StringComparer.Ordinal) == isTrusted)
            return false;
        lines.RemoveAll(each => string.Equals(each, line, StringComparison.Ordinal) || isReplaced?.Invoke(each) == true);
        if (isTrusted)
            lines.Add(line);
        UserState.Write(path, Encoding.UTF8.GetBytes(string.Concat(lines.Select(each => each + "\n"))));
        return true;
    }

    /// <summary>Takes lines out; false if there was none.</summary>
    /// <exception cref="TaskLockingException">UnsafeFile, LockTimeout, and what the system said.</exception>
    public static bool Remove(string path, Func<string, bool> isMeant)
    {
        using var turn = ExclusiveLock.Acquire(path + ".lock");
        var lines = Read(path);
        if (lines.RemoveAll(line => isMeant(line)) == 0)
            return false;
        UserState.Write(path, Encoding.UTF8.GetBytes(string.Concat(lines.Select(each => each + "\n"))));
        return true;
    }

    private static List<string> Read(string path)
    {
        var lines = new List<string>();
        using var file = StoreFile.TryOpen(path, FileAccess.Read);
        if (file is null)
            return lines;
        if (LibC.IsUnix && FileFacts.Of((int)file.SafeFileHandle.DangerousGetHandle()) is { } facts &&
            ((facts.Owner != ProcessUser.Id && facts.Owner != ProcessUser.BehindSudo) || (facts.Rights & WritableByOthers) != 0))
        {
            throw IoRefusal.Unsafe(path, "is not yours, or others may write to it");
        }
        if (file.Length > Longest)
            throw IoRefusal.TooLong(path, file.Length, Longest);
        using var reader = new StreamReader(file);
        while (reader.ReadLine() is { } line)
            lines.Add(line);
        return lines;
    }
}
