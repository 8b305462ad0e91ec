using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Wire;

/// <summary>What somebody may have meant: the word that is spelled most like theirs.</summary>
internal static class NearestWord
{
    /// <summary>One that differs in case alone, else one that a few keystrokes make of it; null if none is near.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="words">What there is; of several that are as near the first.</param>
    public static string? Find(string word, IEnumerable<string> words)
    {
        // More than a third of a word changed is another word.
        var most = Math.Min(2, word.Length / 3);
        string? best = null;
        foreach (var each in words)
        {
            if (string.Equals(each, word, StringComparison.OrdinalIgnoreCase))
                return each;
            if (Math.Abs(each.Length - word.Length) > most || Distance(Folded(word), Folded(each)) is var distance && distance > most)
                continue;
            (best, most) = (each, distance - 1);
        }
        return best;
    }

    /// <summary>"; did you mean T-1?", or nothing.</summary>
    public static string Hint(string word, IEnumerable<string> words) => Find(word, words) is { } near ? $"; did you mean {near}?" : "";

    private static string Folded(string word) => word.ToUpperInvariant();

    // Letters put in, left out, changed, or two neighbours in the wrong order.
    private static int Distance(string from, string to)
    {
        var rows = Enumerable.Range(0, from.Length + 1).Select(_ => new int[to.Length + 1]).ToArray();
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                rows[i][j] = i == 0 || j == 0 ? i + j
                    : Math.Min(Math.Min(rows[i - 1][j], rows[i][j - 1]) + 1, rows[i - 1][j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                    rows[i][j] = Math.Min(rows[i][j], rows[i - 2][j - 2] + 1);
            }
        }
        return rows[from.Length][to.Length];
    }
}
