using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Tests.Leases;

/// <summary>What a pattern means, as simply as it can be said: braces are written out, then each part is tried letter by letter.</summary>
internal static class GlobModel
{
    public static bool Matches(string pattern, string path) => Expand(pattern).Any(each => Parts(each.Split('/'), path.Split('/')));

    public static IEnumerable<string> Expand(string pattern)
    {
        for (var start = pattern.IndexOf('{'); start >= 0;)
        {
            var (depth, from, choices) = (0, start + 1, new List<string>());
            for (var at = start; ; at++)
            {
                depth += pattern[at] == '{' ? 1 : pattern[at] == '}' ? -1 : 0;
                if ((depth == 1 && pattern[at] == ',') || depth == 0)
                {
                    choices.Add(pattern[from..at]);
                    from = at + 1;
                }
                if (depth == 0)
                    break;
            }
            return choices.SelectMany(choice => Expand(pattern[..start] + choice + pattern[from..]));
        }
        var plain = string.Join('/', pattern.Split('/', StringSplitOptions.RemoveEmptyEntries));
        // What an empty choice at the end leaves is a folder, and a folder is all that is in it.
        return pattern.EndsWith('/') && !plain.EndsWith("**", StringComparison.Ordinal) ? [plain, plain + "/**"] : [plain];
    }

    private static bool Parts(ReadOnlySpan<string> pattern, ReadOnlySpan<string> path)
    {
        if (pattern.Length == 0)
            return path.Length == 0;
        if (pattern[0] != "**")
            return path.Length > 0 && Letters(pattern[0], path[0]) && Parts(pattern[1..], path[1..]);
        for (var taken = pattern.Length == 1 ? 1 : 0; taken <= path.Length; taken++)
        {
            if (Parts(pattern[1..], path[taken..]))
                return true;
        }
        return false;
    }

    private static bool Letters(string pattern, string name)
    {
        if (pattern.Length == 0)
            return name.Length == 0;
        if (pattern[0] == '*')
            return Letters(pattern[1..], name) || (name.Length > 0 && Letters(pattern, name[1..]));
        if (pattern[0] == '[')
        {
            var end = pattern.IndexOf(']', 2);
            return name.Length > 0 && IsIn(pattern[1..end], name[0]) && Letters(pattern[(end + 1)..], name[1..]);
        }
        return name.Length > 0 && (pattern[0] == '?' || pattern[0] == name[0]) && Letters(pattern[1..], name[1..]);
    }

    private static bool IsIn(string letters, char letter)
    {
        var isNegated = letters[0] == '!';
        letters = isNegated ? letters[1..] : letters;
        var isThere = letters.Length == 3 && letters[1] == '-' ? letter >= letters[0] && letter <= letters[2] : letters.Contains(letter);
        return isThere != isNegated;
    }
}
