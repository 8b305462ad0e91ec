using System;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TaskLocking.Todo2;

/// <summary>The bytes of a document as text: read in whichever encoding their mark tells, and shown where they do not parse.</summary>
internal static class DocumentText
{
    private const int LongestShown = 60;

    /// <summary>
    /// As UTF-8. What begins with the mark of UTF-16 or UTF-32 becomes that, without a mark, and is published so from then on; all else
    /// stays as it is.
    /// </summary>
    public static byte[] ToUtf8(byte[] bytes)
    {
        // The mark of UTF-32 begins with that of UTF-16.
        // Every mark begins with one of these, and no JSON does.
        if (bytes.Length == 0 || bytes[0] is not (0 or 0xFE or 0xFF))
            return bytes;
        Encoding[] marked =
            [Encoding.UTF32, new UTF32Encoding(bigEndian: true, byteOrderMark: true), Encoding.Unicode, Encoding.BigEndianUnicode];
        foreach (var encoding in marked)
        {
            var mark = encoding.GetPreamble();
            if (bytes.AsSpan().StartsWith(mark))
                return Encoding.UTF8.GetBytes(encoding.GetString(bytes, mark.Length, bytes.Length - mark.Length));
        }
        return bytes;
    }

    /// <summary>Why a text is no document, as a part of a sentence: the first line that does not parse, or what it lacks.</summary>
    public static string Fault(byte[] utf8, JsonException exception)
    {
        if (utf8.Length == 0)
            return "it is empty";
        if (exception.LineNumber is not { } number)
            return exception.Message;
        ReadOnlySpan<byte> line = utf8;
        for (var left = number; left > 0 && line.IndexOf((byte)'\n') is var end and >= 0; left--)
            line = line[(end + 1)..];
        if (line.IndexOf((byte)'\n') is var length and >= 0)
            line = line[..length];
        return $"line {(number + 1).ToString(CultureInfo.InvariantCulture)} does not parse: {Shown(line)}";
    }

    // Bytes that are no text become signs, never orders to a terminal.
    private static string Shown(ReadOnlySpan<byte> line)
    {
        var text = new StringBuilder(JsonScan.Utf8(line[..Math.Min(line.Length, LongestShown * 4)]).Trim());
        var isCut = text.Length > LongestShown;
        text.Length = Math.Min(text.Length, LongestShown);
        for (var at = 0; at < text.Length; at++)
        {
            if (CharUnicodeInfo.GetUnicodeCategory(text[at]) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                text[at] = '\uFFFD';
            }
        }
        return text.Length == 0 ? "it ends there" : $"'{text}{(isCut ? "…" : "")}'";
    }
}
