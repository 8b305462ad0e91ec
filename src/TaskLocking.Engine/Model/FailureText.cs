using System.Text;

namespace TaskLocking.Model;

/// <summary>Makes what a program said fit to be kept with a failure.</summary>
internal static class FailureText
{
    public const int MaxOutput = 4_000;

    private const int MaxReason = 1_000;

    /// <summary>One line of at most 1,000 characters that is not blank.</summary>
    public static string Line(string text)
    {
        var line = Whole(text, keepsLines: false).Trim();
        if (line.Length == 0)
            return "failed";
        return line.Length <= MaxReason ? line : Whole(line.Substring(0, MaxReason - 1), keepsLines: false).TrimEnd() + "…";
    }

    /// <summary>The last 4,000 characters, from the begin of a line if there is one; null for nothing but white space.</summary>
    public static string? End(string text)
    {
        var whole = Whole(text, keepsLines: true).TrimEnd();
        if (whole.Length > MaxOutput)
        {
            var start = whole.Length - MaxOutput;
            var line = whole.IndexOf('\n', start);
            start = line >= 0 && line < whole.Length - 1 ? line + 1 : start;
            whole = Whole(whole.Substring(start), keepsLines: true);
        }
        return whole.Trim().Length == 0 ? null : whole;
    }

    /// <summary>All of it, with its lines and tabs.</summary>
    public static string Lines(string text) => Whole(text, keepsLines: true);

    // Without control characters and halves of characters, which no JSON text has a form for.
    private static string Whole(string text, bool keepsLines)
    {
        var whole = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            var unit = text[at];
            if (char.IsSurrogate(unit))
            {
                if (at + 1 < text.Length && char.IsSurrogatePair(unit, text[at + 1]))
                    whole.Append(unit).Append(text[++at]);
                else
                    whole.Append('\uFFFD');
            }
            else if (unit == '\r' && at + 1 < text.Length && text[at + 1] == '\n')
            {
                continue;
            }
            else if (keepsLines && unit is ('\n' or '\t'))
            {
                whole.Append(unit);
            }
            else
            {
                whole.Append(char.IsControl(unit) || unit is '\u2028' or '\u2029' ? ' ' : unit);
            }
        }
        return whole.ToString();
    }
}
