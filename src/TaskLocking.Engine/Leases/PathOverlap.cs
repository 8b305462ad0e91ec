using System;

namespace TaskLocking.Leases;

/// <summary>
/// Whether two canonical paths or patterns (see <see cref="FilePaths"/>) may name one file. A path against a pattern is decided by the
/// matcher; two patterns part by part, and where that cannot tell, they overlap: a lease too many is refused, never two writers let in.
/// </summary>
/// <remarks>
/// '*' stands for any run of characters within a part, '?' for one, '**' as a whole part for any number of parts. "src/**" and "docs/**"
/// are disjoint, so are "*.cs" and "*.md", and "src/*.cs" and "src/*/a.cs". A plain path overlaps what lies below it: where one is taken
/// for a file and the other for a folder, one of them is about to be made.
/// </remarks>
internal static class PathOverlap
{
    /// <summary>The part that stands for any number of parts.</summary>
    public const string AnyDepth = "**";

    private static readonly char[] Wildcards = ['*', '?'];

    /// <summary>Whether it has a wildcard.</summary>
    public static bool IsPattern(string path) => path.IndexOfAny(Wildcards) >= 0;

    /// <summary>Whether a file may meet both.</summary>
    public static bool Exists(string one, string other, StringComparison comparison)
    {
        var (first, second) = (IsPattern(one), IsPattern(other));
        if (!first && !second)
            return IsAtOrBelow(one, other, comparison) || IsAtOrBelow(other, one, comparison);
        if (first && second)
            return MayMeet(one, other, comparison);
        var (pattern, path) = first ? (one, other) : (other, one);
        if (IsAtOrBelow(FixedHead(pattern), path, comparison))
            return true;
        // The cheap comparison never says no where the matcher says yes, so most pairs need no matcher.
        return MayMeet(pattern, path, comparison) && (UpwardParts(pattern) != UpwardParts(path) || PatternMatch.IsMatch(pattern, path, comparison));
    }

    /// <summary>The parts before the first one with a wildcard, joined; empty if there are none.</summary>
    public static string FixedHead(string pattern)
    {
        var wildcard = pattern.IndexOfAny(Wildcards);
        var end = wildcard < 0 ? pattern.Length : wildcard == 0 ? -1 : pattern.LastIndexOf('/', wildcard - 1);
        return end <= 0 ? "" : pattern[..end];
    }

    private static bool IsAtOrBelow(string path, string folder, StringComparison comparison) =>
        path.StartsWith(folder, comparison) && (path.Length == folder.Length || path[folder.Length] == '/');

    private static int UpwardParts(string path)
    {
        var count = 0;
        while (string.CompareOrdinal(path, count * 3, "../", 0, 3) == 0)
            count++;
        return count;
    }

    private static bool MayMeet(string one, string other, StringComparison comparison)
    {
        var (up, down) = (UpwardParts(one), UpwardParts(other));
        var (first, second) = (one[(up * 3)..].Split('/'), other[(down * 3)..].Split('/'));
        // The canonical form goes up only as far as it must: behind that no name leads back down, though a wildcard may.
        if (up != down && !IsPattern((up > down ? first : second)[0]))
            return false;
        // Both are then seen from the higher folder; what the folders between are called is not known here, so they may be anything.
        return PartsMeet(Lowered(first, down - up), Lowered(second, up - down), comparison);
    }

    private static string[] Lowered(string[] parts, int depth)
    {
        if (depth <= 0)
            return parts;
        var lowered = new string[parts.Length + depth];
        for (var i = 0; i < depth; i++)
            lowered[i] = "*";
        parts.CopyTo(lowered, depth);
        return lowered;
    }

    // reach[j]: the first i parts of one and the first j of the other can be the same.
    private static bool PartsMeet(string[] one, string[] other, StringComparison comparison)
    {
        var reach = new bool[other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            var diagonal = false;
            for (var j = 0; j <= other.Length; j++)
            {
                var above = reach[j];
                reach[j] = (i == 0 && j == 0)
                    || (i > 0 && j > 0 && diagonal && PartMeets(one[i - 1], other[j - 1], comparison))
                    || (i > 0 && above && one[i - 1] == AnyDepth)
                    || (j > 0 && reach[j - 1] && other[j - 1] == AnyDepth)
                    || (i > 0 && j > 0 && reach[j - 1] && one[i - 1] == AnyDepth)
                    || (i > 0 && j > 0 && above && other[j - 1] == AnyDepth);
                diagonal = above;
            }
        }
        return reach[other.Length];
    }

    private static bool PartMeets(string one, string other, StringComparison comparison)
    {
        if (one == AnyDepth || other == AnyDepth)
            return true;
        if (!IsPattern(one) && !IsPattern(other))
            return string.Equals(one, other, comparison);
        // The matcher takes "*.*" for "*", as Windows does.
        (one, other) = (one == "*.*" ? "*" : one, other == "*.*" ? "*" : other);
        var reach = new bool[other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            var diagonal = false;
            for (var j = 0; j <= other.Length; j++)
            {
                var above = reach[j];
                reach[j] = (i == 0 && j == 0)
                    || (i > 0 && j > 0 && diagonal && CharMeets(one[i - 1], other[j - 1], comparison))
                    || (i > 0 && above && (one[i - 1] == '*' || (j > 0 && other[j - 1] == '*')))
                    || (j > 0 && reach[j - 1] && (other[j - 1] == '*' || (i > 0 && one[i - 1] == '*')));
                diagonal = above;
            }
        }
        return reach[other.Length];
    }

    private static bool CharMeets(char one, char other, StringComparison comparison) =>
        one == other || one is '*' or '?' || other is '*' or '?'
        || (comparison == StringComparison.OrdinalIgnoreCase && char.ToUpperInvariant(one) == char.ToUpperInvariant(other));
}
