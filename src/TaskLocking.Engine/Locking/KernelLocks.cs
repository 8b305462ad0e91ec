using System;
using System.Globalization;
using System.IO;
using System.Linq;

namespace TaskLocking.Locking;

/// <summary>
/// Linux: who has a lock of flock(2), as the kernel tells it and nobody else can. A container may hide what is asked here; then the answer
/// is that nothing is known. To ask stops every flock of the machine for a moment: for waits that last, and for the few who claim kinship.
/// </summary>
internal static class KernelLocks
{
    // Above the first process there is none; a machine under attack must not keep us here.
    private const int MostAncestors = 256;

    /// <summary>The process that locked the file, alive or not; null if it is not told.</summary>
    public static int? PidOf(FileStamp file)
    {
        try
        {
            // "1: FLOCK  ADVISORY  WRITE 708 fd:01:393230 0 EOF": the pid, then device (hexadecimal) and inode.
            var name = $"{file.Device >> 32:x2}:{file.Device & uint.MaxValue:x2}:{file.Inode} ";
            foreach (var line in File.ReadLines("/proc/locks"))
            {
                var at = line.IndexOf(name, StringComparison.Ordinal);
                if (at > 0 && line.IndexOf("->", StringComparison.Ordinal) < 0 && line.IndexOf(" WRITE ", StringComparison.Ordinal) > 0 &&
                    line[..at].TrimEnd().Split(' ') is { Length: > 1 } words && int.TryParse(words[^1], out var pid) && pid > 0)
                {
                    return pid;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A hint only; a container may hide the file.
        }
        return null;
    }

    /// <summary>
    /// Whether this process, or one that it descends from, has the lock: took it, or was given the open file by whoever did. A session's
    /// name and what a holder file says anybody can write; this nobody can.
    /// </summary>
    public static bool IsFamilys(string path)
    {
        if (FileFacts.At(path) is not { IsPlain: true } file)
            return false;
        var name = Inode(file.Stamp) + " ";
        return IsFamilys(PidOf(file.Stamp), "FLOCK", "WRITE", name);
    }

    /// <summary>The same of a mark on a folder, which is told with its place.</summary>
    public static bool IsFamilys(int folder, long place) =>
        FileStamp.Of(folder) is { } stamp
        && IsFamilys(null, "OFDLCK", "READ", FormattableString.Invariant($"{Inode(stamp)} {place} {place}"));

    private static bool IsFamilys(int? holder, string kind, string way, string name)
    {
        for (var (pid, left) = ((int?)ProcessIdentity.Pid, MostAncestors); pid is { } member && left > 0; pid = ParentOf(member), left--)
        {
            if (member == holder || HasOpen(member, kind, way, name))
                return true;
        }
        return false;
    }

    private static string Inode(FileStamp file) => ":" + file.Inode.ToString(CultureInfo.InvariantCulture);

    // "4123 (a name) S 4100 ...": the name stands in brackets and may have anything in it, brackets too.
    private static int? ParentOf(int pid)
    {
        try
        {
            var stat = File.ReadAllText("/proc/" + pid.ToString(CultureInfo.InvariantCulture) + "/stat");
            var fields = stat[(stat.LastIndexOf(')') + 1)..].Split([' '], StringSplitOptions.RemoveEmptyEntries);
            return fields.Length > 1 && int.TryParse(fields[1], out var parent) && parent > 0 ? parent : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // "lock:  1: FLOCK  ADVISORY  WRITE 708 fd:01:393230 0 EOF" stands with each open file that is locked, whoever has it open.
    private static bool HasOpen(int pid, string kind, string way, string name)
    {
        try
        {
            return Directory.GetFiles("/proc/" + pid.ToString(CultureInfo.InvariantCulture) + "/fdinfo")
                .Any(file => IsLocked(file, kind, way, name));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has ended, or is another user's.
            return false;
        }
    }

    private static bool IsLocked(string file, string kind, string way, string name)
    {
        try
        {
            return File.ReadLines(file).Any(line => line.StartsWith("lock:", StringComparison.Ordinal)
                && line.IndexOf(kind, StringComparison.Ordinal) > 0
                && line.IndexOf(way, StringComparison.Ordinal) > 0 && line.IndexOf(name, StringComparison.Ordinal) > 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false; // closed meanwhile
        }
    }
}
