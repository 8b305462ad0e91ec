using System;
using System.Globalization;
using TaskLocking.Diagnostics;

namespace TaskLocking.Cli.Input;

/// <summary>A point in time: ISO 8601, UTC where no offset is told, or a length of time from now ("+30m").</summary>
internal static class Moment
{
    /// <summary>A time that lies before every task: to set it takes the field away.</summary>
    public static readonly DateTimeOffset Past = DateTimeOffset.UnixEpoch;

    /// <summary>Null for null.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public static DateTimeOffset? Parse(string? text)
    {
        if (text is null)
            return null;
        if (text.StartsWith('+') && Duration.Seconds(text[1..]) is { } seconds)
            return TimeProvider.System.GetUtcNow().AddSeconds(seconds);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"'{text}' is no time. Give one in UTC or with an offset, or a length from now, "
                + "for example --not-before 2030-01-31T06:00:00Z or --not-before +30m.");
    }
}
