using System;
using System.Globalization;

namespace TaskLocking.Topics;

/// <summary>
/// The rule for a topic's folder, three or more digits, then <c>_</c>, then the name; and what other spellings of a number are worth.
/// Whoever writes <c>01-x</c>, <c>0001 x</c>, <c>7. x</c>, <c>7) x</c> or puts a dash of any kind there has taken 1 and 7: 63, 063 and 0063
/// are one number. Dates and years are none, and what may be a number or something else (the id of an issue, as <c>#7 x</c>, or a version)
/// is <see cref="Unclear"/>: it is named, and nothing is numbered after it.
/// </summary>
internal static class TopicFolderName
{
    /// <summary>The last number of a series.</summary>
    public const int MaxNumber = 99_999;

    /// <summary>What stands for no number; what is less is none either.</summary>
    public const int None = -1;

    /// <summary>A date, a year or a time.</summary>
    public const int Dated = -2;

    /// <summary>
    /// From this number on a year is a topic's number: no gap is left for years, and none that topics have is given again.
    /// </summary>
    public const int NearYears = TopicDate.FirstYear - 100;

    /// <summary>Digits that need not be a topic's number.</summary>
    public const int Unclear = -3;

    // Nobody pads a number so far; above this, six digits and more are something else.
    private const int MostPadded = 9_999;

    /// <summary>The number that the name takes, or one of the constants for none.</summary>
    public static int NumberOf(ReadOnlySpan<char> folder)
    {
        var value = Digits(folder, out var digits);
        if (digits == 0)
            return folder.Length > 1 && IsMark(folder[0]) && folder[1] is >= '0' and <= '9' ? Unclear : None;
        var isPadded = digits > 5 && value <= MostPadded;
        if (!isPadded && TopicDate.Begins(folder, digits))
            return Dated;
        if (digits < folder.Length && !Joins(folder[digits]))
            return None;
        if (digits < 3 && TopicDate.MayBegin(folder, digits))
            return Unclear;
        var isVersion = digits + 1 < folder.Length && folder[digits] == '.' && folder[digits + 1] is >= '0' and <= '9';
        var isNumber = digits < 5 || isPadded || (digits == 5 && (folder[0] == '0' || (digits < folder.Length && folder[digits] == '_')));
        return isNumber && !isVersion ? value : Unclear;
    }

    /// <summary>Whether a name that begins so may be that of a topic: with a digit, or with what people write before a number.</summary>
    public static bool MayBegin(char first) => first is >= '0' and <= '9' || IsMark(first);

    private static bool IsMark(char character) => character is '#' or '(' or '[';

    private static bool IsDigit(byte character) => character is >= (byte)'0' and <= (byte)'9';

    // What stands between the number and the name; dashes and blanks of every kind.
    private static bool Joins(char character) => character is '_' or '-' or ' ' or '.' or ')' or ']' or ':' or '\u00a0'
        or (>= '\u2010' and <= '\u2015') or '\u2212' or '\u3000';

    /// <summary>The same of a name as the system writes it: UTF-8.</summary>
    public static int NumberOf(ReadOnlySpan<byte> folder)
    {
        if (folder.Length == 0 || !MayBegin((char)folder[0]))
            return None;
        // As nearly all are: who allocates beside others reads the names of all that they make.
        if (folder.Length > 3 && folder[3] == '_' && IsDigit(folder[0]) && IsDigit(folder[1]) && IsDigit(folder[2]))
            return (folder[0] - '0') * 100 + (folder[1] - '0') * 10 + (folder[2] - '0');
        Span<char> start = stackalloc char[256];
        var length = 0;
        for (var index = 0; index < folder.Length && length < start.Length; index++)
        {
            // Of what is not ASCII only what has two or three bytes can join a number and a name.
            var (lead, rest) = (folder[index], folder.Length - index);
            start[length++] = lead switch
            {
                >= 0xE0 and < 0xF0 when rest > 2 =>
                    (char)(((lead & 0xF) << 12) | ((folder[++index] & 0x3F) << 6) | (folder[++index] & 0x3F)),
                >= 0xC0 and < 0xE0 when rest > 1 => (char)(((lead & 0x1F) << 6) | (folder[++index] & 0x3F)),
                _ => (char)lead,
            };
        }
        return NumberOf(start[..length]);
    }

    /// <summary>
    /// What a name is worth that begins with a year: that number among topics that have come near it (2024_x after 1899_x), and none among
    /// others. Less than zero for every other name.
    /// </summary>
    public static int YearOf(ReadOnlySpan<char> folder) =>
        Digits(folder, out var digits) is var value && digits == 4 && digits < folder.Length && folder[digits] == '_'
            && TopicDate.IsYear(value)
            ? value : None;

    /// <inheritdoc cref="YearOf(ReadOnlySpan{char})"/>
    public static int YearOf(ReadOnlySpan<byte> folder)
    {
        Span<char> start = stackalloc char[5];
        for (var index = 0; index < start.Length; index++)
            start[index] = index < folder.Length ? (char)folder[index] : ' ';
        return YearOf(start);
    }

    /// <summary>Where the name begins, behind the number and what joins them.</summary>
    public static int NameStart(string folder)
    {
        _ = Digits(folder.AsSpan(), out var start);
        if (start < folder.Length && folder[start] == '_')
            return start + 1;
        while (start < folder.Length && Joins(folder[start]))
            start++;
        return start;
    }

    /// <summary>How many digits the name begins with.</summary>
    public static int DigitsOf(string folder)
    {
        _ = Digits(folder.AsSpan(), out var digits);
        return digits;
    }

    /// <summary>The number as text: at least three digits.</summary>
    public static string Format(int number) => number.ToString("000", CultureInfo.InvariantCulture);

    /// <summary>The folder of a number and a clean name.</summary>
    public static string Format(int number, string name) => Format(number) + "_" + name;

    // A larger number than there is any is int.MaxValue.
    private static int Digits(ReadOnlySpan<char> folder, out int count)
    {
        var value = 0;
        for (count = 0; count < folder.Length && folder[count] is >= '0' and <= '9'; count++)
            value = value > int.MaxValue / 10 - 1 ? int.MaxValue : value * 10 + (folder[count] - '0');
        return value;
    }
}
