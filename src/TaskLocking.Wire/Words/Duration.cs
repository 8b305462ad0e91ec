using System;
using System.Globalization;

namespace TaskLocking.Wire;

/// <summary>
/// Lengths of time as people write them: 90, 90s, 30m, 4h, 2d, and as PowerShell does: 00:30:00. Seconds without a unit; ranges are the
/// engine's matter.
/// </summary>
internal static class Duration
{
    private const double LongestSeconds = 1e9;

    /// <summary>Null for null.</summary>
    /// <param name="text">The value of the option.</param>
    /// <param name="example">An option with a value that is right, such as "--ttl 4h".</param>
    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public static TimeSpan? Parse(string? text, string example)
    {
        if (text is null)
            return null;
        return Seconds(text) is { } seconds
            ? TimeSpan.FromSeconds(seconds)
            : throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"'{text}' is no length of time. Give a number and s, m, h or d, for example {example}.");
    }

    /// <summary>A length for a person, in the largest unit that leaves no rest: "30m".</summary>
    public static string Text(TimeSpan span)
    {
        var seconds = span.TotalSeconds;
        var (number, unit) = seconds % 86_400 == 0 ? (seconds / 86_400, "d")
            : seconds % 3_600 == 0 ? (seconds / 3_600, "h")
            : seconds % 60 == 0 ? (seconds / 60, "m")
            : (seconds, "s");
        return number.ToString(CultureInfo.InvariantCulture) + unit;
    }

    /// <summary>Null for what is no length of time.</summary>
    public static double? Seconds(string text)
    {
        if (text.Contains(':'))
        {
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span >= TimeSpan.Zero
                && span.TotalSeconds <= LongestSeconds ? span.TotalSeconds : null;
        }
        double unit = text.Length == 0 ? 0 : text[^1] switch
        {
            's' or 'S' => 1,
            'm' or 'M' => 60,
            'h' or 'H' => 3_600,
            'd' or 'D' => 86_400,
            _ => 0,
        };
        var digits = unit == 0 ? text : text[..^1];
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number * Math.Max(unit, 1) <= LongestSeconds ? number * Math.Max(unit, 1) : null;
    }
}
