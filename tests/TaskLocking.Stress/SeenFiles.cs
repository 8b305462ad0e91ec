using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using TaskLocking.Locking;

namespace TaskLocking.Stress;

/// <summary>
/// With TASKLOCKING_SEEN=FILE the files that are named there, <c>DEVICE INODE BIRTH</c>, are taken for what stands behind, the same three:
/// after a crash a file is still the one that it was, and not the copy that the explorer made. An inode that is given to another is born
/// anew.
/// </summary>
internal static class SeenFiles
{
    public static void Arm()
    {
        if (Environment.GetEnvironmentVariable("TASKLOCKING_SEEN") is { Length: > 0 } path)
            FileStamp.Seen = Read(path);
    }

    /// <summary>What the engine is to be told.</summary>
    public static Func<FileStamp, FileStamp> Read(string path)
    {
        var known = new Dictionary<(ulong, ulong, long), (ulong Device, ulong Inode, long Created)>();
        foreach (var line in File.ReadLines(path))
        {
            var words = line.Split(' ');
            ulong Number(int at) => ulong.Parse(words[at], CultureInfo.InvariantCulture);
            known[(Number(0), Number(1), (long)Number(2))] = (Number(3), Number(4), (long)Number(5));
        }
        return stamp => known.TryGetValue((stamp.Device, stamp.Inode, stamp.Created), out var seen)
            ? stamp with { Device = seen.Device, Inode = seen.Inode, Created = seen.Created }
            : stamp;
    }
}
