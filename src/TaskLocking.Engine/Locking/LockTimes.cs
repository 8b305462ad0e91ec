using System;

namespace TaskLocking;

/// <summary>What one acquisition took.</summary>
public readonly record struct LockTimes(TimeSpan Waited, TimeSpan Held)
{
    /// <summary>From the call to the lock.</summary>
    public TimeSpan Waited { get; } = Waited;

    /// <summary>From the lock until it was let go.</summary>
    public TimeSpan Held { get; } = Held;
}
