using System;
using System.IO;
using System.Linq;
using System.Text;
using TaskLocking.Workspaces;

namespace TaskLocking.Proof;

/// <summary>Half a line at the end of a journal, as a write leaves it that a crash cuts off.</summary>
internal static class JournalTear
{
    /// <summary>Makes one; call under the state lock. False if there is no journal yet.</summary>
    // The journal that is appended to is the first one without a seal; a later one beside it is being prepared.
    public static bool Make(StorePaths paths, Random random)
    {
        if (!Directory.Exists(paths.Journals))
            return false;
        foreach (var path in Directory.GetFiles(paths.Journals, "*.jsonl").OrderBy(path => path, StringComparer.Ordinal))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            if (IsSealed(file))
                continue;
            var half = Encoding.UTF8.GetBytes("{\"v\":" + random.Next(1, 100_000)
                + ",\"t\":\"2031-01-01T00:00:00.000Z\",\"by\":\"torn\",\"op\":[{\"id\":\"hot-0\",");
            file.Seek(0, SeekOrigin.End);
            file.Write(half, 0, random.Next(1, half.Length));
            return true;
        }
        return false;
    }

    private static bool IsSealed(FileStream file)
    {
        const int LongestSeal = 512;
        file.Seek(-Math.Min(LongestSeal, file.Length), SeekOrigin.End);
        using var reader = new StreamReader(file, Encoding.UTF8, false, LongestSeal, leaveOpen: true);
        var lines = reader.ReadToEnd().TrimEnd('\n').Split('\n');
        return lines[lines.Length - 1].StartsWith("{\"seal\":", StringComparison.Ordinal);
    }
}
