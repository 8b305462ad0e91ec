using System;
using System.Globalization;

namespace TaskLocking.Storage;

/// <summary>Times in a document: written as UTC with milliseconds and Z; read with Z, with an offset, or naive (taken as UTC).</summary>
internal static class Timestamp
{
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static DateTimeOffset? Parse(string? text) =>
        ParseOwn(text) ?? (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null);

    // The form that we write ourselves, "2026-11-20T15:00:00.000Z", is what a busy store reads nearly always.
    private static DateTimeOffset? ParseOwn(string? text)
    {
        if (text is not { Length: 24 } || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != '.' || text[23] != 'Z')
            return null;
        int Digits(int at, int count)
        {
            var number = 0;
            for (var i = at; i < at + count; i++)
                number = text[i] is >= '0' and <= '9' && number >= 0 ? number * 10 + (text[i] - '0') : -1;
            return number;
        }
        var (year, month, day) = (Digits(0, 4), Digits(5, 2), Digits(8, 2));
        var (hour, minute, second, millisecond) = (Digits(11, 2), Digits(14, 2), Digits(17, 2), Digits(20, 3));
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59 || millisecond < 0)
            return null;
        return new DateTimeOffset(year, month, day, hour, minute, second, millisecond, TimeSpan.Zero);
    }
}
