using System;
using System.Threading;

namespace TaskLocking.StoreContract;

/// <summary>The machine's clock, set forward or back by a test.</summary>
public sealed class MovedClock : TimeProvider
{
    private long _ticks;

    /// <summary>Sets it forward, or back with a negative time.</summary>
    public void Move(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _ticks));
}
