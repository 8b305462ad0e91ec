using System.Collections.Generic;
using System.Text;

namespace TaskLocking.Characters;

/// <summary>The forms that Unicode calls NFD and NFKD: one spelling for what is the same text, or a like one.</summary>
internal static class UnicodeForm
{
    private const int FirstHangul = 0xAC00;
    private const int HangulCount = 11_172;
    private const int Vowels = 21;
    private const int Tails = 28;

    public static bool IsAscii(string text)
    {
        foreach (var unit in text)
        {
            if (unit > '~')
                return false;
        }
        return true;
    }

    /// <summary>NFD: two texts have the same if and only if they are canonically equivalent.</summary>
    public static string Canonical(string text) => Decompose(text, isCompatible: false);

    /// <summary>NFKD: also what differs in width, position or ligature is the same.</summary>
    public static string Compatible(string text) => Decompose(text, isCompatible: true);

    /// <summary>The code point at a place and how many units it has; half a surrogate pair stands for itself.</summary>
    public static int CodePointAt(string text, int at, out int width)
    {
        width = at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? 2 : 1;
        return width == 2 ? char.ConvertToUtf32(text[at], text[at + 1]) : text[at];
    }

    public static StringBuilder AppendCodePoint(this StringBuilder builder, int codePoint) =>
        codePoint < 0x10000 ? builder.Append((char)codePoint) : builder.Append(char.ConvertFromUtf32(codePoint));

    private static string Decompose(string text, bool isCompatible)
    {
        if (IsAscii(text))
            return text;
        var codePoints = new List<int>(text.Length + 8);
        for (var at = 0; at < text.Length;)
        {
            Add(codePoints, CodePointAt(text, at, out var width), isCompatible);
            at += width;
        }
        Order(codePoints);
        var form = new StringBuilder(codePoints.Count + 8);
        foreach (var codePoint in codePoints)
            form.AppendCodePoint(codePoint);
        return form.ToString();
    }

    private static void Add(List<int> codePoints, int codePoint, bool isCompatible)
    {
        if (codePoint - FirstHangul is >= 0 and < HangulCount and var syllable)
        {
            codePoints.Add(0x1100 + syllable / (Vowels * Tails));
            codePoints.Add(0x1161 + syllable % (Vowels * Tails) / Tails);
            if (syllable % Tails is > 0 and var tail)
                codePoints.Add(0x11A7 + tail);
        }
        else if (codePoint > '~' && UnicodeTable.Shared.MappingOf(codePoint) is { } mapping && (isCompatible || mapping.IsCanonical))
        {
            foreach (var part in mapping.Parts)
                Add(codePoints, part, isCompatible);
        }
        else
        {
            codePoints.Add(codePoint);
        }
    }

    // Marks on one letter may come in any order; those that do not touch each other have one.
    private static void Order(List<int> codePoints)
    {
        for (var i = 1; i < codePoints.Count; i++)
        {
            var mark = codePoints[i];
            var combiningClass = UnicodeTable.Shared.ClassOf(mark);
            var to = i;
            for (; combiningClass > 0 && to > 0 && UnicodeTable.Shared.ClassOf(codePoints[to - 1]) > combiningClass; to--)
                codePoints[to] = codePoints[to - 1];
            codePoints[to] = mark;
        }
    }
}
