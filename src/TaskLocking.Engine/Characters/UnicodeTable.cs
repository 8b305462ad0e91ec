using System;
using System.Collections.Generic;
using System.IO;

namespace TaskLocking.Characters;

/// <summary>
/// How characters decompose, read from the resource when somebody first writes something else than ASCII. A table of our own, because the
/// command runs without the system's library for Unicode and PowerShell with it, and both must take the same texts for the same.
/// </summary>
internal sealed class UnicodeTable
{
    private static readonly Lazy<UnicodeTable> Read = new(() => new UnicodeTable());

    private readonly Dictionary<int, UnicodeMapping> _mappings = new(6_000);
    private readonly Dictionary<int, int> _classes = new(1_000);

    private UnicodeTable()
    {
        using var reader = new StreamReader(typeof(UnicodeTable).Assembly.GetManifestResourceStream("Decompositions.txt")!);
        var combiningClass = 0;
        while (reader.ReadLine() is { } line)
        {
            for (var at = 0; at < line.Length && line[at] != '#'; at++)
            {
                if (line[at] != '=')
                    AddWord(line, ref at, combiningClass);
                else
                    combiningClass = Number(line, ref at, radix: 10);
            }
        }
    }

    public static UnicodeTable Shared => Read.Value;

    /// <summary>What a character is made of, one step down; null if nothing.</summary>
    public UnicodeMapping? MappingOf(int codePoint) => _mappings.TryGetValue(codePoint, out var mapping) ? mapping : null;

    /// <summary>The class of a combining mark; 0 for what stands for itself.</summary>
    public int ClassOf(int codePoint) => codePoint >= 0x300 && _classes.TryGetValue(codePoint, out var combiningClass) ? combiningClass : 0;

    // A key or a range of them, and what it is made of unless the word stands among the classes; left at the blank behind it.
    private void AddWord(string line, ref int at, int combiningClass)
    {
        at--;
        var first = Number(line, ref at, radix: 16);
        var last = IsAt(line, at, '-') ? Number(line, ref at, radix: 16) : first;
        if (combiningClass > 0)
        {
            for (var key = first; key <= last; key++)
                _classes.Add(key, combiningClass);
            return;
        }
        var isCanonical = line[at] == ':';
        var part = Number(line, ref at, radix: 16);
        if (first < last)
        {
            for (var key = first; key <= last; key++)
                _mappings.Add(key, new UnicodeMapping([part + key - first], isCanonical));
            return;
        }
        var parts = new List<int>(4) { part };
        while (IsAt(line, at, '.'))
            parts.Add(Number(line, ref at, radix: 16));
        _mappings.Add(first, new UnicodeMapping(parts.ToArray(), isCanonical));
    }

    private static bool IsAt(string line, int at, char mark) => at < line.Length && line[at] == mark;

    // The number behind the mark at a place, which then moves behind the number.
    private static int Number(string line, ref int at, int radix)
    {
        var number = 0;
        for (at++; at < line.Length && Digit(line[at]) is >= 0 and var digit; at++)
            number = number * radix + digit;
        return number;
    }

    private static int Digit(char character) => character switch
    {
        >= '0' and <= '9' => character - '0',
        >= 'A' and <= 'F' => character - 'A' + 10,
        _ => -1,
    };
}
