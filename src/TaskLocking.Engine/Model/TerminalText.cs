using System.Globalization;
using System.Text;

namespace TaskLocking;

/// <summary>
/// Text that somebody else wrote (a document, a holder file, the name of a folder) as a terminal may show it. What a terminal obeys instead
/// of showing it, and what nobody would see, stands there as its escape: <c>\u001b</c>. That is every character of the categories Cc and
/// Cf, the line and paragraph separators, and half a surrogate pair; a joiner between emoji stays. Text without any comes back as it is,
/// and what is escaped already is not escaped again. For what a program reads, the text itself is right.
/// </summary>
public static class TerminalText
{
    private const char Joiner = '\u200D';
    private const char EmojiStyle = '\uFE0F';

    /// <summary>The text on one line: line ends and tabs are <c>\n</c>, <c>\r</c> and <c>\t</c> in it. Null is empty.</summary>
    public static string Line(string? text) => Escape(text ?? "", keepsLines: false);

    /// <summary>The text in its lines: line feeds and tabs stay, and every line ends in a line feed alone.</summary>
    public static string Lines(string? text) => Escape((text ?? "").Replace("\r\n", "\n"), keepsLines: true);

    private static string Escape(string text, bool keepsLines)
    {
        var at = 0;
        while (at < text.Length && IsShown(text, at, keepsLines))
            at += WidthAt(text, at);
        if (at == text.Length)
            return text;
        var escaped = new StringBuilder(text.Length + 16).Append(text, 0, at);
        while (at < text.Length)
        {
            var width = WidthAt(text, at);
            if (IsShown(text, at, keepsLines))
                escaped.Append(text, at, width);
            else
                Escape(escaped, text, at, width);
            at += width;
        }
        return escaped.ToString();
    }

    private static void Escape(StringBuilder escaped, string text, int at, int width)
    {
        for (var end = at + width; at < end; at++)
        {
            _ = text[at] switch
            {
                '\n' => escaped.Append(@"\n"),
                '\r' => escaped.Append(@"\r"),
                '\t' => escaped.Append(@"\t"),
                var unit => escaped.Append(@"\u").Append(((int)unit).ToString("x4", CultureInfo.InvariantCulture)),
            };
        }
    }

    private static bool IsShown(string text, int at, bool keepsLines)
    {
        var unit = text[at];
        if (unit is >= ' ' and <= '~')
            return true;
        if (unit < ' ')
            return keepsLines && unit is '\n' or '\t';
        return CharUnicodeInfo.GetUnicodeCategory(text, at) switch
        {
            UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate =>
                false,
            UnicodeCategory.Format => unit == Joiner && JoinsEmoji(text, at),
            _ => true,
        };
    }

    // Many of them are one picture only with it: a person at a computer, a family.
    private static bool JoinsEmoji(string text, int at)
    {
        var before = at >= 2 && char.IsSurrogatePair(text[at - 2], text[at - 1]) ? at - 2 : at - 1;
        return before >= 0 && at + 1 < text.Length && IsSymbol(text, at + 1)
            && (IsSymbol(text, before) || text[before] == EmojiStyle || (before == at - 2 && IsSkinTone(text, before)));
    }

    private static bool IsSymbol(string text, int at) => CharUnicodeInfo.GetUnicodeCategory(text, at) == UnicodeCategory.OtherSymbol;

    private static bool IsSkinTone(string text, int at) => CharUnicodeInfo.GetUnicodeCategory(text, at) == UnicodeCategory.ModifierSymbol;

    private static int WidthAt(string text, int at) => at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? 2 : 1;
}
