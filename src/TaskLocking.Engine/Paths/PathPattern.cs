using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Characters;

namespace TaskLocking.Paths;

/// <summary>A canonical path or pattern, made ready for comparing and kept for the next time. Safe for several threads.</summary>
internal sealed class PathPattern
{
    private const int MostKept = 1_000;

    private static readonly ConcurrentDictionary<string, PathPattern> Kept = new(StringComparer.Ordinal);

    private readonly string _relative; // below the folders that it goes up

    private PathPattern(string canonical)
    {
        var text = UnicodeForm.Canonical(canonical);
        while (string.CompareOrdinal(text, Upward * 3, "../", 0, 3) == 0)
            Upward++;
        _relative = text[(Upward * 3)..];
        var forms = (PathExpansion.Of(_relative) ?? [_relative]).Select(expansion => new PathForm(expansion)).ToList();
        // Somebody may mean the file whose name has these braces.
        if (forms.Count > 1)
            forms.Add(new PathForm(_relative));
        Forms = forms;
    }

    /// <summary>How many times it goes up from the workspace.</summary>
    public int Upward { get; }

    /// <summary>What it stands for.</summary>
    public IReadOnlyList<PathForm> Forms { get; }

    /// <summary>Whether the first part below the folders that it goes up may have many names.</summary>
    public bool IsWildFirst => Forms.Any(form => form.Name is null && form.Head.Length == 0);

    public static PathPattern Of(string canonical)
    {
        if (Kept.TryGetValue(canonical, out var kept))
            return kept;
        if (Kept.Count >= MostKept)
            Kept.Clear();
        return Kept.GetOrAdd(canonical, new PathPattern(canonical));
    }

    /// <summary>
    /// The same as seen from a higher folder. What the folders between are called is not known here, so they may be anything.
    /// </summary>
    public PathPattern Lowered(int depth) => Of(string.Concat(Enumerable.Repeat("*/", depth)) + _relative);
}
