using System;
using System.Globalization;
using System.IO;
using TaskLocking.Locking;
using TaskLocking.Todo2;
using TaskLocking.Workspaces;

namespace TaskLocking.FileStore;

/// <summary>Keeps what was broken, cut or lost a merge, under a name with the time and the checksum: nothing is dropped silently,
/// and what every process finds is kept once.</summary>
internal static class AsideFiles
{
    /// <summary>The full path of the kept file.</summary>
    public static string Keep(StorePaths paths, string what, ReadOnlySpan<byte> bytes, DateTimeOffset now)
    {
        try
        {
            StoreFolder.Ensure(paths.Aside);
            var name = "-" + Crc32C.Append(0, bytes).ToString("x8", CultureInfo.InvariantCulture) + "-" + what;
            foreach (var known in StoreFolder.Files(paths.Aside, "*" + name))
            {
                if (FileBytes.TryReadAll(known) is { } kept && bytes.SequenceEqual(kept))
                    return known;
            }
            var target = Path.Combine(paths.Aside, now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture) + name);
            FileBytes.Replace(FileBytes.WriteBeside(target, bytes, bound: paths.Document), target);
            return target;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw IoRefusal.From(exception, paths.Aside);
        }
    }
}
