using System;
using System.Collections.Generic;
using System.IO;

namespace TaskLocking.Characters;

/// <summary>
/// What characters of other scripts are drawn as in ASCII, read from the resource when somebody first writes one. Those of scripts in which
/// people write whole names count only within a name that has letters of ASCII, too: else names of such a script would be one that are not.
/// </summary>
internal sealed class ConfusableTable
{
    private const char OnlyMixed = '?';

    private static readonly Lazy<ConfusableTable> Read = new(() => new ConfusableTable());

    private readonly Dictionary<int, string> _drawn = new(600);
    private readonly HashSet<int> _onlyMixed = [];

    private ConfusableTable()
    {
        using var reader = new StreamReader(typeof(ConfusableTable).Assembly.GetManifestResourceStream("Confusables.txt")!);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            foreach (var word in line.Split(' '))
                Add(word);
        }
    }

    public static ConfusableTable Shared => Read.Value;

    /// <summary>What it is drawn as, small letters; null if as nothing of ASCII.</summary>
    /// <param name="codePoint">Not ASCII.</param>
    /// <param name="isMixed">Whether the name has letters of ASCII.</param>
    public string? Find(int codePoint, bool isMixed) =>
        _drawn.TryGetValue(codePoint, out var drawn) && (isMixed || !_onlyMixed.Contains(codePoint)) ? drawn : null;

    private void Add(string word)
    {
        var start = word[0] == OnlyMixed ? 1 : 0;
        var colon = word.IndexOf(':');
        var key = Convert.ToInt32(word.Substring(start, colon - start), 16);
        _drawn.Add(key, word.Substring(colon + 1));
        if (start > 0)
            _onlyMixed.Add(key);
    }
}
