using System;
using System.Threading;

namespace TaskLocking.Stress;

/// <summary>Of two changes of one todo the later counts, by its milliseconds: no two fall into one.</summary>
internal sealed class TickingClock : TimeProvider
{
    private long _ticks = System.GetUtcNow().Ticks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Add(ref _ticks, TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
}
