using System;
using System.Globalization;
using System.Threading;

namespace TaskLocking.Cli.Input;

/// <summary>The value of <c>--timeout</c>.</summary>
internal static class WaitTime
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(20);

    /// <summary>Null for null; for ever is <see cref="Timeout.InfiniteTimeSpan"/>, as is more than twenty days.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public static TimeSpan? Parse(string? text)
    {
        if (text is null)
            return null;
        if (string.Equals(text, "none", StringComparison.OrdinalIgnoreCase)
            || string.Equals(text, "infinite", StringComparison.OrdinalIgnoreCase))
            return Timeout.InfiniteTimeSpan;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) || double.IsNaN(seconds))
        {
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"'{text}' is no time to wait. Give seconds, for example --timeout 2.5; 0 tries once, none waits for ever.");
        }
        return seconds < 0 || seconds > Longest.TotalSeconds ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(seconds);
    }
}
