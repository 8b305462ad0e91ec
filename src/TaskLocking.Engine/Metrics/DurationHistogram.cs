using System;

namespace TaskLocking.Metrics;

/// <summary>
/// Durations in fixed buckets: up to 1 µs, and from there each √2 wider, up to 134 s and what is longer. Not thread-safe.
/// </summary>
internal sealed class DurationHistogram
{
    private const int Buckets = 56;
    private const double FirstTicks = 10;

    // The longest duration of each bucket but the last, in ticks: most are among the first, and a few comparisons cost less than a
    // logarithm.
    private static readonly long[] Limits = MakeLimits();

    private readonly long[] _counts = new long[Buckets];
    private long _total;
    private long _longest;

    public long Count { get; private set; }

    public void Add(TimeSpan duration)
    {
        var ticks = Math.Max(duration.Ticks, 0);
        _counts[BucketOf(ticks)]++;
        Count++;
        _total += ticks;
        _longest = Math.Max(_longest, ticks);
    }

    public void Add(DurationHistogram other)
    {
        for (var i = 0; i < Buckets; i++)
            _counts[i] += other._counts[i];
        Count += other.Count;
        _total += other._total;
        _longest = Math.Max(_longest, other._longest);
    }

    public DurationMetric ToMetric() =>
        new(Count, TimeSpan.FromTicks(_total), TimeSpan.FromTicks(_longest), Percentile(0.50), Percentile(0.95), Percentile(0.99));

    /// <summary>Total and longest in ticks of 100 ns, then number and count of each bucket that has any.</summary>
    public long[] ToNumbers()
    {
        var used = 0;
        foreach (var count in _counts)
            used += count > 0 ? 1 : 0;
        var numbers = new long[2 + used * 2];
        numbers[0] = _total;
        numbers[1] = _longest;
        var at = 2;
        for (var i = 0; i < Buckets; i++)
        {
            if (_counts[i] == 0)
                continue;
            numbers[at++] = i;
            numbers[at++] = _counts[i];
        }
        return numbers;
    }

    /// <summary>The counterpart of <see cref="ToNumbers"/>; null for what it never gives.</summary>
    public static DurationHistogram? FromNumbers(long[] numbers)
    {
        if (numbers.Length < 2 || numbers.Length % 2 != 0 || Array.Exists(numbers, number => number < 0))
            return null;
        var histogram = new DurationHistogram { _total = numbers[0], _longest = numbers[1] };
        for (var at = 2; at < numbers.Length; at += 2)
        {
            if (numbers[at] >= Buckets)
                return null;
            histogram._counts[numbers[at]] += numbers[at + 1];
            histogram.Count += numbers[at + 1];
        }
        return histogram;
    }

    private static long[] MakeLimits()
    {
        var limits = new long[Buckets - 1];
        for (var i = 0; i < limits.Length; i++)
            limits[i] = (long)(FirstTicks * Math.Pow(2, i / 2.0));
        return limits;
    }

    private static int BucketOf(long ticks)
    {
        var bucket = 0;
        while (bucket < Limits.Length && ticks > Limits[bucket])
            bucket++;
        return bucket;
    }

    private TimeSpan Percentile(double share)
    {
        var rank = (long)Math.Ceiling(share * Count);
        var seen = 0L;
        for (var i = 0; i < Limits.Length; i++)
        {
            seen += _counts[i];
            if (seen >= rank)
                return TimeSpan.FromTicks(Math.Min(Limits[i], _longest));
        }
        return TimeSpan.FromTicks(_longest);
    }
}
