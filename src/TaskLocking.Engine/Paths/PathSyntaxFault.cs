using System;
using System.Collections.Generic;

namespace TaskLocking.Paths;

/// <summary>
/// What of a pattern is not understood. It is refused with the reason: taken for a name, it would be a lease on a file that nobody has, and
/// protect nothing. Each check gives null, or a sentence.
/// </summary>
internal static class PathSyntaxFault
{
    private const int MaxDepth = 10;
    private const string Otherwise = "A file that is called so is named with --literal (PowerShell: -LiteralPath).";
    private const string NotUnderstood = "which is not understood. Write {a,b} for one of several. " + Otherwise;

    /// <summary>Whether something stands in it that other tools understand and this one does not, whatever else is right.</summary>
    public static bool IsUnknown(string text) => Unknown(text) is not null;

    /// <summary>The first thing that is wrong.</summary>
    /// <param name="pattern">A pattern, or its part behind what was resolved.</param>
    public static string? Of(string pattern)
    {
        if ((Unknown(pattern) ?? Brackets(pattern)) is { } fault)
            return fault;
        if (PathExpansion.Of(pattern) is not { } expansions)
            return $"'{pattern}' stands for more than {PathExpansion.Most} patterns. Name several paths, or use '*' in place of '{{…}}'.";
        foreach (var expansion in expansions)
        {
            if (Depth(expansion) is { } wrong)
                return wrong;
        }
        return null;
    }

    private static string? Unknown(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (PathSyntax.IsUnclear(text, at))
            {
                return $"'{Part(text, at)}' has '[{text[at + 1]}]' and another ']' behind it, which may be a class or a letter alone. "
                    + $"Write, for example, [^]a] for what is neither ']' nor 'a'. {Otherwise}";
            }
            if (PathSyntax.IsEscape(text, at))
            {
                at += 2;
                continue;
            }
            if (text[at] == '!' && (at == 0 || text[at - 1] == '/'))
                return $"'{Part(text, at)}' begins with '!', which excludes nothing. Name what is meant, for example src/*.cs. {Otherwise}";
            if (text[at] == '(' && at > 0 && text[at - 1] is '?' or '*' or '+' or '@' or '!')
                return $"'{Part(text, at)}' has a group '{text[at - 1]}(…)', {NotUnderstood}";
            if (text[at] == '(' && IsChoice(text, at))
                return $"'{Part(text, at)}' has a choice '(…|…)', {NotUnderstood}";
        }
        return null;
    }

    private static bool IsChoice(string text, int at)
    {
        var hasBar = false;
        for (; at < text.Length && text[at] != '/'; at++)
        {
            if (PathSyntax.IsEscape(text, at))
                at += 2;
            else if (text[at] == ')' && hasBar)
                return true;
            else
                hasBar |= text[at] == '|';
        }
        return false;
    }

    private static string? Brackets(string pattern)
    {
        var open = new List<int>(); // the places of braces that are not closed yet; below zero where a comma has come
        for (var at = 0; at < pattern.Length; at++)
        {
            switch (pattern[at])
            {
                case '[':
                    if (PathClass.Read(pattern, ref at, out var fault) is null)
                        return $"'{Part(pattern, at)}' {fault}. Write, for example, [ab] or [a-z]. {Otherwise}";
                    at--;
                    break;
                case '{':
                    open.Add(at);
                    if (open.Count > MaxDepth)
                        return $"'{pattern}' has '{{' more than {MaxDepth} deep. Name several paths.";
                    break;
                case ',' when open.Count > 0:
                    open[^1] = open[^1] < 0 ? open[^1] : ~open[^1];
                    break;
                case '}' when open.Count > 0:
                    if (open[^1] >= 0)
                        return Single(pattern[open[^1]..(at + 1)]);
                    open.RemoveAt(open.Count - 1);
                    break;
            }
            if (open.Count > 0 && BeginsAbsolute(pattern, at, open[^1] < 0 ? ~open[^1] : open[^1]))
                return $"'{Part(pattern, at)}/…' has a choice that begins with '/'. Name it as a path of its own.";
        }
        return open.Count == 0 ? null
            : $"'{pattern[(open[^1] < 0 ? ~open[^1] : open[^1])..]}' has a '{{' without its '}}'. Write, for example, *.{{ts,tsx}}. " +
                $"{Otherwise}";
    }

    private static string Single(string group) => group.Contains("..")
        ? $"'{group}' is a range, which is not understood. Write {{1,2,3}} or [1-3]. {Otherwise}"
        : $"'{group}' is a choice of one. Write {{a,b}}, or leave the braces out. {Otherwise}";

    // Behind "src" a choice may begin with a slash.
    private static bool BeginsAbsolute(string pattern, int at, int start) => pattern[at] is '{' or ',' && at + 1 < pattern.Length
        && pattern[at + 1] == '/' && (start == 0 || pattern[start - 1] is '/' or '{' or ',');

    private static string? Depth(string expansion)
    {
        foreach (var part in expansion.Split('/'))
        {
            if (part.Length > PathSyntax.AnyDepth.Length && part.Contains(PathSyntax.AnyDepth))
                return "'**' stands for any number of folders, so it is alone between its slashes. "
                    + $"Write '{part.Replace(PathSyntax.AnyDepth, "*")}', or for example src/**/*.cs.";
            if (part == "..")
                return $"'{expansion}' goes up from a folder that a wildcard stands for. "
                    + "Write '..' before the wildcards, for example ../docs/*.md.";
        }
        return null;
    }

    private static string Part(string text, int at)
    {
        var start = at == 0 ? 0 : text.LastIndexOf('/', at - 1) + 1;
        var end = text.IndexOf('/', at);
        return end < 0 ? text[start..] : text[start..end];
    }
}
