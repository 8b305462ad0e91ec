using System;
using System.IO;
using TaskLocking.Locking;

namespace TaskLocking.Storage;

/// <summary>Keeps what was broken, cut or lost a merge, under a name with the time: nothing is dropped silently.</summary>
internal static class AsideFiles
{
    /// <summary>The full path of the kept file.</summary>
    public static string Keep(StorePaths paths, string what, ReadOnlySpan<byte> bytes, DateTimeOffset now)
    {
        try
        {
            Directory.CreateDirectory(paths.Aside);
            var name = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'") + "-" + Guid.NewGuid().ToString("N").Substring(0, 8) + "-" + what;
            var target = Path.Combine(paths.Aside, name);
            FileBytes.Replace(FileBytes.WriteBeside(target, bytes), target);
            return target;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw IoRefusal.From(exception, paths.Aside);
        }
    }
}
