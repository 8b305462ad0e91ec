using System;
using System.Diagnostics;

namespace TaskLocking.Model;

/// <summary>How long a caller waits, for everything together, from the moment that this is made.</summary>
/// <param name="timeout">The longest wait; infinite is for ever.</param>
internal readonly struct Deadline(TimeSpan timeout)
{
    /// <summary>A <see cref="Stopwatch"/> stamp.</summary>
    public long Began { get; } = Stopwatch.GetTimestamp();

    public TimeSpan Timeout { get; } = timeout;

    /// <summary>What is left; infinite stays infinite, and nothing is less than zero.</summary>
    public TimeSpan Remaining
    {
        get
        {
            if (Timeout == System.Threading.Timeout.InfiniteTimeSpan)
                return Timeout;
            var left = Timeout - Since(Began);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>A pause, or what is left where that is less; infinite is never less.</summary>
    public static TimeSpan Shorter(TimeSpan pause, TimeSpan left) =>
        left != System.Threading.Timeout.InfiniteTimeSpan && left < pause ? left : pause;

    /// <summary>Time since a <see cref="Stopwatch"/> stamp.</summary>
    public static TimeSpan Since(long stamp) =>
        TimeSpan.FromTicks((long)((Stopwatch.GetTimestamp() - stamp) * ((double)TimeSpan.TicksPerSecond / Stopwatch.Frequency)));
}
