using System;

namespace TaskLocking.Locking;

/// <summary>How to wait for a lock.</summary>
public sealed record LockOptions
{
    /// <summary>The longest wait. Zero tries once; <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> waits for ever.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Called on the waiting thread: first when a wait exceeds 200 ms, then about five times a second. What it throws ends the wait.
    /// </summary>
    public Action<LockWait>? OnWait { get; init; }

    /// <summary>Whether the thread that takes the lock is also the one that works under it; then taking it twice is an error.</summary>
    internal bool IsThreadBound { get; init; } = true;
}
