using System;
using System.Collections.Generic;
using System.Text;

namespace TaskLocking.Characters;

/// <summary>
/// Whether two names are one to the eye: they are the same but for case, for width and the like (NFKD), for what nobody sees, for the kind
/// of dash, blank or quote, and for letters of other scripts that are drawn as Latin ones (UTS #39): Cyrillic, Greek, Armenian, Cherokee,
/// Lisu and more. As a comparer it keeps an index of names; names of ASCII cost no memory.
/// </summary>
internal sealed class LookAlike : IEqualityComparer<string>
{
    // Each is drawn, small or large, as the one below it.
    private const string Drawn = "авекмнорстухѕіјһԁԛԝӏαβεζηικμνορτυχı";
    private const string AsLatin = "abekmhopctyxsijhdqwlabezhikmnoptyxi";

    public static LookAlike Comparer { get; } = new();

    public bool Equals(string? one, string? other)
    {
        if (string.Equals(one, other, StringComparison.OrdinalIgnoreCase))
            return true;
        return one is not null && other is not null && !(UnicodeForm.IsAscii(one) && UnicodeForm.IsAscii(other))
            && Fold(one) == Fold(other);
    }

    public int GetHashCode(string name)
    {
        var hash = 17;
        foreach (var unit in UnicodeForm.IsAscii(name) ? name : Fold(name))
            hash = unchecked(hash * 31 + (unit is >= 'A' and <= 'Z' ? unit | 0x20 : unit));
        return hash;
    }

    /// <summary>The first of some names that looks like this one without being it; null if there is none, or if this one is among
    /// them.</summary>
    public static string? FindIn(IEnumerable<string> names, string name)
    {
        string? like = null;
        foreach (var other in names)
        {
            if (string.Equals(other, name))
                return null;
            like ??= Comparer.Equals(other, name) ? other : null;
        }
        return like;
    }

    /// <summary>What all names have in common that look like this one.</summary>
    public static string Fold(string name)
    {
        if (UnicodeForm.IsAscii(name))
            return name.ToLowerInvariant();
        var form = UnicodeForm.Compatible(UnicodeForm.Compatible(name).ToUpperInvariant().ToLowerInvariant());
        var folded = new StringBuilder(form.Length + 4);
        var isMixed = HasLatin(form);
        for (var at = 0; at < form.Length;)
        {
            var codePoint = UnicodeForm.CodePointAt(form, at, out var width);
            if (codePoint <= '~')
                folded.Append(form[at]);
            else if (!InvisibleText.IsInvisible(form, at, codePoint))
                Append(folded, codePoint, isMixed);
            at += width;
        }
        return folded.ToString();
    }

    private static bool HasLatin(string form)
    {
        foreach (var unit in form)
        {
            if (unit is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'))
                return true;
        }
        return false;
    }

    private static void Append(StringBuilder folded, int codePoint, bool isMixed)
    {
        var letter = codePoint < 0x10000 ? Drawn.IndexOf((char)codePoint) : -1;
        _ = codePoint switch
        {
            _ when letter >= 0 => folded.Append(AsLatin[letter]),
            0xDF => folded.Append("ss"),
            (>= 0x2010 and <= 0x2015) or 0x2043 or 0x2212 or 0x2796 => folded.Append('-'),
            0x2018 or 0x2019 or 0x201B or 0x2032 or 0x02B9 or 0x02BC => folded.Append('\''),
            0x201C or 0x201D or 0x201F => folded.Append('"'),
            0x2044 or 0x2215 => folded.Append('/'),
            _ when ConfusableTable.Shared.Find(codePoint, isMixed) is { } drawn => folded.Append(drawn),
            _ => folded.AppendCodePoint(codePoint),
        };
    }
}
