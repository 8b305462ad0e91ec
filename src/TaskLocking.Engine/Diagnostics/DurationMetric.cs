using System;

namespace TaskLocking.Diagnostics;

/// <summary>How long something took, over many times. A percentile is the upper end of its bucket: never too low, at most 1.42 times too high.</summary>
/// <param name="Count">How many times.</param>
/// <param name="Total">All together.</param>
/// <param name="Longest">The longest, exactly.</param>
/// <param name="P50">Half took no longer.</param>
/// <param name="P95">95 of 100 took no longer.</param>
/// <param name="P99">99 of 100 took no longer.</param>
public sealed record DurationMetric(long Count, TimeSpan Total, TimeSpan Longest, TimeSpan P50, TimeSpan P95, TimeSpan P99)
{
    /// <summary>The average; zero when there was nothing.</summary>
    public TimeSpan Mean => Count == 0 ? TimeSpan.Zero : TimeSpan.FromTicks(Total.Ticks / Count);
}
