using System.IO;
using System.Linq;

namespace TaskLocking.Storage;

/// <summary>The first place where a journal is not as it was written: what a refusal names. For the way out only; reads everything.</summary>
/// <param name="Path">The damaged journal.</param>
/// <param name="Place">Where its first bad line begins, in bytes.</param>
internal sealed record StoreDamage(string Path, long Place)
{
    /// <summary>Null if every journal is whole, or torn as a crash leaves it.</summary>
    public static StoreDamage? Find(StorePaths paths) =>
        paths.JournalFiles().OrderBy(path => path, System.StringComparer.Ordinal).Select(Check).FirstOrDefault(damage => damage is not null);

    private static StoreDamage? Check(string path)
    {
        var bytes = FileBytes.TryReadAll(path) ?? [];
        uint chain = 0;
        var start = 0;
        for (int end; (end = System.Array.IndexOf(bytes, (byte)'\n', start) + 1) > 0 && JournalLine.Verify(System.MemoryExtensions.AsSpan(bytes, start, end - start), ref chain);)
            start = end;
        return start < bytes.Length && TornTail.IsDamage(System.MemoryExtensions.AsSpan(bytes, start), start) ? new StoreDamage(path, start) : null;
    }
}
