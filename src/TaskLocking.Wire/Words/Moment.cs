using System;
using System.Globalization;

namespace TaskLocking.Wire;

/// <summary>
/// A point in time: ISO 8601, in the time of this place where no offset is told, as PowerShell takes it; or a length of time from now
/// ("+30m").
/// </summary>
internal static class Moment
{
    /// <summary>A time that lies before every task: to set it takes the field away.</summary>
    public static readonly DateTimeOffset Past = DateTimeOffset.UnixEpoch;

    /// <summary>Null for null.</summary>
    /// <param name="text">The value.</param>
    /// <param name="example">What is right, such as "--not-before +30m".</param>
    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public static DateTimeOffset? Parse(string? text, string example)
    {
        if (text is null)
            return null;
        if (text.StartsWith('+') && Duration.Seconds(text[1..]) is { } seconds)
            return TimeProvider.System.GetUtcNow().AddSeconds(seconds);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeLocal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"'{text}' is no time. Give one with an offset or in your time, or a length from now, for example {example}.");
    }
}
