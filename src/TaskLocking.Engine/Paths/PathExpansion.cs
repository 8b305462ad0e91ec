using System;
using System.Collections.Generic;

namespace TaskLocking.Paths;

/// <summary>The patterns without braces that a pattern with braces stands for.</summary>
internal static class PathExpansion
{
    /// <summary>As many may come of one.</summary>
    public const int Most = 256;

    private const int MostCharacters = 16_384;

    /// <summary>The patterns, each without empty and '.' parts; null if they are too many. Braces that are not closed, or have no comma,
    /// stay.</summary>
    public static IReadOnlyList<string>? Of(string pattern)
    {
        var expansions = new List<string>();
        var rest = new Stack<string>([pattern]);
        var length = 0;
        while (rest.Count > 0)
        {
            var next = rest.Pop();
            if (Group(next) is not { } group)
            {
                expansions.Add(Tidy(next));
                // An empty choice at the end leaves a slash, and means the folder as well as what is in it.
                if (next.Length > 0 && next[^1] == '/')
                    expansions.Add(Tidy(next.TrimEnd('/')));
                continue;
            }
            // The last goes onto the stack first, so that they come in their order.
            for (var alternative = group.Count - 1; alternative > 0; alternative--)
            {
                var expanded = next[..group[0]] + next[(group[alternative - 1] + 1)..group[alternative]] + next[(group[^1] + 1)..];
                rest.Push(expanded);
                length += expanded.Length;
            }
            if (expansions.Count + rest.Count > Most || length > MostCharacters)
                return null;
        }
        return expansions;
    }

    /// <summary>Without empty and '.' parts; one of <c>**</c> for several in a row; a slash at the end stands for all below.</summary>
    internal static string Tidy(string pattern)
    {
        var parts = new List<string>();
        foreach (var part in pattern.Split('/'))
        {
            if (part is not "" and not "." && (part != PathSyntax.AnyDepth || parts.Count == 0 || parts[^1] != part))
                parts.Add(part);
        }
        if (pattern.Length > 0 && pattern[^1] == '/' && parts.Count > 0 && parts[^1] != PathSyntax.AnyDepth)
            parts.Add(PathSyntax.AnyDepth);
        return string.Join("/", parts);
    }

    // The places of the first group that is one: its brace, its own commas, its other brace. Null if there is none.
    private static List<int>? Group(string pattern)
    {
        for (var start = 0; start < pattern.Length; start++)
        {
            if (pattern[start] == '[')
                start = BehindClass(pattern, start) - 1;
            else if (pattern[start] == '{' && GroupAt(pattern, start) is { } group)
                return group;
        }
        return null;
    }

    private static List<int>? GroupAt(string pattern, int start)
    {
        var places = new List<int> { start };
        var depth = 0;
        for (var at = start; at < pattern.Length; at++)
        {
            switch (pattern[at])
            {
                case '[':
                    at = BehindClass(pattern, at) - 1;
                    break;
                case '{':
                    depth++;
                    break;
                case ',' when depth == 1:
                    places.Add(at);
                    break;
                case '}' when --depth == 0:
                    places.Add(at);
                    return places.Count > 2 ? places : null;
            }
        }
        return null;
    }

    private static int BehindClass(string pattern, int at)
    {
        var behind = at;
        return PathClass.Read(pattern, ref behind, out _) is null ? at + 1 : behind;
    }
}
