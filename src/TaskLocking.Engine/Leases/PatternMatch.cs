using System;
using System.Collections.Concurrent;
using Microsoft.Extensions.FileSystemGlobbing;

namespace TaskLocking.Leases;

/// <summary>A pattern against a path, by a matcher that others keep well. Nothing else touches it: a process without patterns never loads it.</summary>
internal static class PatternMatch
{
    // Matches in memory, below a folder that need not exist.
    private const string Root = "/w";
    private const int MostKept = 1_000;

    private static readonly ConcurrentDictionary<(string Pattern, StringComparison Comparison), Matcher> Matchers = new();

    /// <summary>Whether the path meets the pattern; both have the same number of ".." at the beginning.</summary>
    public static bool IsMatch(string pattern, string path, StringComparison comparison)
    {
        if (Matchers.Count >= MostKept)
            Matchers.Clear();
        var matcher = Matchers.GetOrAdd((pattern, comparison), static key =>
        {
            var made = new Matcher(key.Comparison);
            // It knows no '?': a run of any length stands in, after the exact comparison has agreed.
            made.AddInclude(Plain(key.Pattern).Replace('?', '*'));
            return made;
        });
        return matcher.Match(Root, [Root + "/" + Plain(path)]).HasMatches;
    }

    // ".." and '\' have meanings of their own there, which they have lost here.
    private static string Plain(string path) => path.Replace("../", "\uf02e\uf02e/").Replace('\\', '\uf05c');
}
