using System;
using System.Globalization;
using System.Text;

namespace TaskLocking.Model;

/// <summary>Times in a document: written as UTC with milliseconds and Z; read with Z, with an offset, or naive (taken as UTC).</summary>
internal static class Timestamp
{
    /// <summary>The length of a time as it is written, in bytes and in characters.</summary>
    public const int Length = 24;

    // What ISO 8601 calls its basic format.
    private const string Basic = "yyyyMMdd'T'HHmmss'Z'";

    private const DateTimeStyles AsUtc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    // How far the first place on Earth is before UTC, and the last behind it.
    private static readonly TimeSpan MostAhead = TimeSpan.FromHours(14);

    private static readonly TimeSpan MostBehind = TimeSpan.FromHours(12);

    public static string Format(DateTimeOffset time)
    {
        var text = new ByteBuffer(Length);
        Write(text, time);
        return Encoding.ASCII.GetString(text.ToArray());
    }

    /// <summary>Writes the time as <see cref="Format"/> gives it: the general formatter would cost a tenth of a commit.</summary>
    public static void Write(ByteBuffer target, DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        var text = target.GetSpan(Length);
        "0000-00-00T00:00:00.000Z"u8.CopyTo(text);
        Put(text, 3, utc.Year);
        Put(text, 6, utc.Month);
        Put(text, 9, utc.Day);
        Put(text, 12, utc.Hour);
        Put(text, 15, utc.Minute);
        Put(text, 18, utc.Second);
        Put(text, 22, utc.Millisecond);
        target.Advance(Length);

        static void Put(Span<byte> text, int last, int number)
        {
            for (; number > 0; number /= 10, last--)
                text[last] = (byte)('0' + number % 10);
        }
    }

    public static DateTimeOffset? Parse(string? text) => ParseOwn(text)
        ?? (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, AsUtc, out var time)
            || DateTimeOffset.TryParseExact(text, Basic, CultureInfo.InvariantCulture, AsUtc, out time) ? time : null);

    /// <summary>The latest moment that a text can mean: without an offset it may be the time of any place.</summary>
    public static DateTimeOffset? Latest(string? text)
    {
        var time = Parse(text);
        return time < DateTimeOffset.MaxValue - MostBehind && IsNaive(text!) ? time + MostBehind : time;
    }

    /// <summary>Whether a time tells no offset.</summary>
    public static bool IsNaive(string text) => text.Length <= 10 || text.IndexOfAny(['Z', 'z', '+', '-'], 10) < 0;

    /// <summary>The earliest moment that a time without an offset can mean.</summary>
    public static DateTimeOffset Earliest(DateTimeOffset naive) =>
        naive > DateTimeOffset.MinValue + MostAhead ? naive - MostAhead : DateTimeOffset.MinValue;

    /// <summary>A time in UTC ticks, of bytes in the form that we write ourselves; false for any other.</summary>
    public static bool TryReadTicks(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length != Length || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':'
            || text[19] != '.' || text[23] != 'Z')
            return false;
        var (year, month, day) = (Digits(text[..4]), Digits(text[5..7]), Digits(text[8..10]));
        var (hour, minute, second) = (Digits(text[11..13]), Digits(text[14..16]), Digits(text[17..19]));
        var millisecond = Digits(text[20..23]);
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour is < 0 or > 23
            || minute is < 0 or > 59 || second is < 0 or > 59 || millisecond < 0)
            return false;
        ticks = new DateTime(year, month, day, hour, minute, second, millisecond, DateTimeKind.Utc).Ticks;
        return true;
    }

    // The form that we write ourselves, "2026-11-20T15:00:00.000Z", is what a busy store reads nearly always.
    private static DateTimeOffset? ParseOwn(string? text)
    {
        if (text is not { Length: Length })
            return null;
        Span<byte> bytes = stackalloc byte[Length];
        for (var i = 0; i < Length; i++)
            bytes[i] = text[i] <= '~' ? (byte)text[i] : (byte)0;
        return TryReadTicks(bytes, out var ticks) ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
    }

    private static int Digits(ReadOnlySpan<byte> text)
    {
        var number = 0;
        foreach (var digit in text)
            number = digit is >= (byte)'0' and <= (byte)'9' && number >= 0 ? number * 10 + (digit - '0') : -1;
        return number;
    }
}
