using System.Globalization;

namespace TaskLocking.Characters;

/// <summary>
/// Finds what nobody sees in a text: controls, formats (Cf), separators of lines, private use, what is not assigned, half a surrogate pair,
/// and the letters and marks that are drawn as nothing. Two texts that differ only in these are one to the eye.
/// </summary>
internal static class InvisibleText
{
    private const char NonJoiner = '\u200C';
    private const char Joiner = '\u200D';

    /// <summary>The place of the first such character; -1 if there is none.</summary>
    /// <param name="text">An id, a name.</param>
    /// <param name="isProse">Whether joiners and variation selectors stay where writing needs them: behind a character that is not
    /// ASCII.</param>
    public static int IndexIn(string text, bool isProse = false)
    {
        for (var at = 0; at < text.Length;)
        {
            var codePoint = UnicodeForm.CodePointAt(text, at, out var width);
            if (codePoint is < ' ' or > '~' && IsInvisible(text, at, codePoint) && !(isProse && IsNeeded(text, at, codePoint)))
                return at;
            at += width;
        }
        return -1;
    }

    /// <summary>Whether the character at a place is drawn as nothing.</summary>
    public static bool IsInvisible(string text, int at, int codePoint) => CharUnicodeInfo.GetUnicodeCategory(text, at)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate || IsDrawnAsNothing(codePoint);

    private static bool IsDrawnAsNothing(int codePoint) => codePoint
        is 0x034F // combining grapheme joiner
        or 0x115F or 0x1160 or 0x3164 or 0xFFA0 // Hangul fillers
        or 0x17B4 or 0x17B5 // Khmer inherent vowels
        or 0x2800 // the Braille pattern without dots
        or 0x1D159 // the musical note without a head
        || IsVariationSelector(codePoint);

    private static bool IsVariationSelector(int codePoint) =>
        codePoint is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) or (>= 0x180B and <= 0x180D) or 0x180F;

    private static bool IsNeeded(string text, int at, int codePoint) =>
        at > 0 && text[at - 1] > '~' && (codePoint is NonJoiner or Joiner ? at + 1 < text.Length : IsVariationSelector(codePoint));
}
