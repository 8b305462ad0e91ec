using System;

namespace TaskLocking.Locking;

/// <summary>What one acquisition took.</summary>
/// <param name="Waited">From the call to the lock.</param>
/// <param name="Held">From the lock until it was let go.</param>
public readonly record struct LockTimes(TimeSpan Waited, TimeSpan Held);
