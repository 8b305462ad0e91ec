using System;

namespace TaskLocking;

/// <summary>
/// How long something took, over many times. A percentile is the upper end of its bucket: never too low, at most 1.42 times too high.
/// </summary>
public sealed record DurationMetric(long Count, TimeSpan Total, TimeSpan Longest, TimeSpan P50, TimeSpan P95, TimeSpan P99) : ValueObject
{
    /// <summary>How many times.</summary>
    public long Count { get; } = Count;

    /// <summary>All together.</summary>
    public TimeSpan Total { get; } = Total;

    /// <summary>The longest, exactly.</summary>
    public TimeSpan Longest { get; } = Longest;

    /// <summary>Half took no longer.</summary>
    public TimeSpan P50 { get; } = P50;

    /// <summary>95 of 100 took no longer.</summary>
    public TimeSpan P95 { get; } = P95;

    /// <summary>99 of 100 took no longer.</summary>
    public TimeSpan P99 { get; } = P99;

    /// <summary>The average; zero when there was nothing.</summary>
    public TimeSpan Mean => Count == 0 ? TimeSpan.Zero : TimeSpan.FromTicks(Total.Ticks / Count);
}
