using System;
using System.Globalization;

namespace TaskLocking.Storage;

/// <summary>Times in a document: written as UTC with milliseconds and Z; read with Z, with an offset, or naive (taken as UTC).</summary>
internal static class Timestamp
{
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}
