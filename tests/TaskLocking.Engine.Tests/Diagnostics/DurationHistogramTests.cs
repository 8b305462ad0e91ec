using System;
using System.Linq;
using TaskLocking.Metrics;
using Xunit;

namespace TaskLocking.Tests.Diagnostics;

public sealed class DurationHistogramTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(14_143)]
    [InlineData(987_654_321)]
    [InlineData(100_000_000_000)]
    public void One_duration_is_told_exactly(long ticks)
    {
        var metric = Of(ticks).ToMetric();
        var duration = TimeSpan.FromTicks(ticks);
        Assert.Equal((1, duration, duration, duration), (metric.Count, metric.Total, metric.Longest, metric.P99));
    }

    [Fact]
    public void A_percentile_is_never_too_low_and_at_most_a_half_too_high()
    {
        var random = new Random(4711);
        var durations = Enumerable.Range(0, 5_000).Select(_ => (long)Math.Exp(random.NextDouble() * 18 + 3)).Order().ToArray();
        var metric = Of(durations).ToMetric();
        Check(metric.P50, durations[2_499]);
        Check(metric.P95, durations[4_749]);
        Check(metric.P99, durations[4_949]);
        Assert.Equal((durations.Sum(), durations[^1]), (metric.Total.Ticks, metric.Longest.Ticks));

        static void Check(TimeSpan told, long exact) => Assert.InRange(told.Ticks, exact, exact * 1.4143 + 1);
    }

    [Fact]
    public void Sums_and_numbers_lose_nothing()
    {
        var sum = Of(5, 100, 3_000);
        sum.Add(Of(7, 2_000_000_000_000));
        Assert.Equal(Of(5, 100, 3_000, 7, 2_000_000_000_000).ToMetric(), sum.ToMetric());
        Assert.Equal(sum.ToMetric(), DurationHistogram.FromNumbers(sum.ToNumbers())!.ToMetric());
        Assert.Equal(new DurationHistogram().ToMetric(), new DurationMetric(0, default, default, default, default, default));
    }

    [Theory]
    [InlineData]
    [InlineData(1L)]
    [InlineData(1L, 2L, 3L)]
    [InlineData(1L, -2L)]
    [InlineData(1L, 2L, 56L, 1L)]
    public void Numbers_that_are_none_of_ours_are_refused(params long[] numbers) => Assert.Null(DurationHistogram.FromNumbers(numbers));

    private static DurationHistogram Of(params long[] ticks)
    {
        var histogram = new DurationHistogram();
        foreach (var each in ticks)
            histogram.Add(TimeSpan.FromTicks(each));
        return histogram;
    }
}
