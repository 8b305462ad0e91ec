using System;
using System.Collections.Generic;
using TaskLocking.Rules;

namespace TaskLocking.Paths;

/// <summary>
/// One pattern without braces, or one name, of those that a canonical path stands for; below the folders that it goes up.
/// </summary>
internal sealed class PathForm
{
    private static readonly char[] Wildcards = ['*', '?', '[', ']'];

    private readonly string _text;
    private PathGraph? _graph;

    /// <param name="text">The marks of its letters stand apart; braces are letters.</param>
    public PathForm(string text)
    {
        _text = text;
        if (text.IndexOfAny(Wildcards) < 0 || PathSyntax.Literal(text) is not null)
        {
            Name = Head = Begin = End = PathSyntax.Plain(text);
            return;
        }
        Head = FixedHead(text);
        Begin = text[..text.IndexOfAny(Wildcards)];
        End = text[(text.LastIndexOfAny(Wildcards) + 1)..];
        // Where no folder stands between, no slash does.
        if (text.EndsWith(PathSyntax.AnyDepth + End, StringComparison.Ordinal))
            End = End.TrimStart('/');
    }

    /// <summary>The name, if it is one.</summary>
    public string? Name { get; }

    /// <summary>The parts before the first with a wildcard, joined.</summary>
    public string Head { get; }

    /// <summary>What everything that it matches begins with.</summary>
    public string Begin { get; }

    /// <summary>What everything that it matches ends with.</summary>
    public string End { get; }

    /// <summary>Whether a file may meet both.</summary>
    public bool Meets(PathForm other, StringComparison comparison)
    {
        if (Name is not null && other.Name is not null)
            return IsAtOrBelow(Name, other.Name, comparison) || IsAtOrBelow(other.Name, Name, comparison);
        var (length, endLength) = (Math.Min(Begin.Length, other.Begin.Length), Math.Min(End.Length, other.End.Length));
        if (string.Compare(Begin, 0, other.Begin, 0, length, comparison) != 0)
            return false;
        // A plain path is a folder that a pattern names things in.
        if ((Name is not null && IsAtOrBelow(other.Head, Name, comparison))
            || (other.Name is not null && IsAtOrBelow(Head, other.Name, comparison)))
            return true;
        return string.Compare(End, End.Length - endLength, other.End, other.End.Length - endLength, endLength, comparison) == 0
            && (_graph ??= new PathGraph(_text)).Meets(other._graph ??= new PathGraph(other._text), comparison);
    }

    private static bool IsAtOrBelow(string path, string folder, StringComparison comparison) =>
        path.StartsWith(folder, comparison) && (path.Length == folder.Length || path[folder.Length] == '/');

    private static string FixedHead(string pattern)
    {
        var parts = new List<string>();
        foreach (var part in pattern.Split('/'))
        {
            if (PathSyntax.Literal(part) is not { } name)
                break;
            parts.Add(name);
        }
        return string.Join("/", parts);
    }
}
