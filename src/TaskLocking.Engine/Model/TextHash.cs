namespace TaskLocking.Model;

/// <summary>The number of a text, the same in every process and version, for it stands in logs: FNV-1a over UTF-16.</summary>
internal static class TextHash
{
    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>The number of a text behind a letter; neither is put together for it.</summary>
    public static ulong Of(char first, string rest) => Go((Basis ^ first) * Prime, rest);

    /// <summary>The number of a text.</summary>
    public static ulong Of(string text) => Go(Basis, text);

    private static ulong Go(ulong hash, string text)
    {
        foreach (var character in text)
            hash = (hash ^ character) * Prime;
        return hash;
    }
}
