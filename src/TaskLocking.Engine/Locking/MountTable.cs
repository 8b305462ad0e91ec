using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace TaskLocking.Locking;

/// <summary>
/// Linux: the mounts of this process. The kernel numbers them, and tells the number of the one that a file lies on (from 5.8 on): that is
/// right whatever was mounted over what. Else the longest mount point above the path with every link resolved.
/// </summary>
internal static class MountTable
{
    private const string Overlay = "overlay";
    private const string Upper = "upperdir=";

    /// <summary>The mount of a path, or of what is there above it.</summary>
    public static MountInfo Find(string path)
    {
        var existing = path;
        while (FileFacts.At(existing) is null && Path.GetDirectoryName(existing) is { } parent)
            existing = parent;
        var resolved = PlatformFile.ResolveLinks(existing);
        return Whole(Raw(resolved));
    }

    /// <summary>The mount of a path among the lines of a <c>mountinfo</c>; empty if there is none.</summary>
    /// <param name="lines">"36 35 98:0 /root /mount/point rw,noatime master:1 - ext4 /dev/sda1 rw".</param>
    /// <param name="path">Without links.</param>
    /// <param name="number">Of the mount; 0 if the kernel does not tell.</param>
    public static MountInfo Find(IEnumerable<string> lines, string path, ulong number)
    {
        var best = new MountInfo(null, null);
        foreach (var line in lines)
        {
            var dash = line.IndexOf(" - ", StringComparison.Ordinal);
            var words = line.Split(' ');
            if (dash < 0 || words.Length < 6)
                continue;
            var point = Unescape(words[4]);
            var isIt = number != 0 && ulong.TryParse(words[0], out var each) && each == number;
            var isAbove = point == "/" || path == point || path.StartsWith(point + "/", StringComparison.Ordinal);
            // The last of equal points covers the others.
            if (!isIt && (!isAbove || point.Length < (best.Point?.Length ?? 0)))
                continue;
            var told = line[(dash + 3)..].Split(' ');
            best = new MountInfo(point, Unescape(told[0]), told.Length > 2 ? words[5] + "," + Unescape(told[2]) : null);
            if (isIt)
                break;
        }
        return best;
    }

    /// <summary>
    /// A word of <c>mountinfo</c> without its escapes: blank, tab, line feed and backslash stand there as \040, \011, \012 and \134.
    /// </summary>
    public static string Unescape(string word)
    {
        if (word.IndexOf('\\') < 0)
            return word;
        var text = new StringBuilder(word.Length);
        for (var at = 0; at < word.Length; at++)
        {
            if (word[at] == '\\' && at + 3 < word.Length && IsOctal(word[at + 1]) && IsOctal(word[at + 2]) && IsOctal(word[at + 3]))
            {
                text.Append((char)((word[at + 1] - '0') * 64 + (word[at + 2] - '0') * 8 + word[at + 3] - '0'));
                at += 3;
            }
            else
            {
                text.Append(word[at]);
            }
        }
        return text.ToString();
    }

    private static bool IsOctal(char digit) => digit is >= '0' and <= '7';

    private static MountInfo Raw(string resolved)
    {
        try
        {
            var found = Find(File.ReadLines("/proc/self/mountinfo"), resolved, LibCStat.MountOf(resolved));
            return found.Type is null ? ByMagic(resolved) : found;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ByMagic(resolved);
        }
    }

    // An overlay writes to its upper folder. Where that can be seen, and is on a share, the overlay is on that share.
    private static MountInfo Whole(MountInfo found)
    {
        if (found.Type != Overlay || found.Options is not { } options ||
            options.IndexOf("," + Upper, StringComparison.Ordinal) is not (var start and >= 0))
        {
            return found;
        }
        start += 1 + Upper.Length;
        var end = options.IndexOf(',', start);
        var upper = end < 0 ? options[start..] : options[start..end];
        if (!Directory.Exists(upper))
            return found;
        // In a container the name may mean something in the overlay itself, which tells nothing.
        var below = Raw(upper);
        return below.IsShare ? found with { Type = Overlay + " on " + (below.Type ?? "an unknown type") } : found;
    }

    // Without /proc: the numbers of the local types that a store is mostly on.
    private static MountInfo ByMagic(string path) => new(path, LibC.FileSystemOf(path) switch
    {
        0xEF53 => "ext4",
        0x58465342 => "xfs",
        0x9123683E => "btrfs",
        0xF2F52010 => "f2fs",
        0x01021994 => "tmpfs",
        0x794C7630 => Overlay,
        _ => null,
    });
}
