using System;
using TaskLocking.Locking;

namespace TaskLocking;

/// <summary>How to wait for a lock.</summary>
public sealed record LockOptions
{
    /// <summary>The longest wait. Zero tries once; <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> waits for ever.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Called on the waiting thread: first when a wait exceeds 200 ms, then about five times a second. What it throws ends the wait.
    /// </summary>
    public Action<LockWait>? OnWait { get; init; }

    /// <summary>Called once the lock was let go, on the thread that did it: how long the wait was, and how long it was held.</summary>
    public Action<LockTimes>? OnFreed { get; init; }

    /// <summary>What holds where nothing is said.</summary>
    internal static LockOptions Default { get; } = new();

    // What everybody holds for microseconds is waited for a moment even by those who asked for one try: their question is whether the task
    // is free, not whether another commit is being written.
    internal static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(250);

    /// <summary>How to wait for the state lock on the way to something else.</summary>
    /// <param name="remaining">What is left of the caller's time.</param>
    /// <param name="onWait">The caller's report.</param>
    internal static LockOptions OnTheWay(TimeSpan remaining, Action<LockWait>? onWait) =>
        new() { Timeout = OnTheWay(remaining), OnWait = onWait };

    /// <summary>The longest wait on the way to something else.</summary>
    internal static TimeSpan OnTheWay(TimeSpan remaining) =>
        remaining == System.Threading.Timeout.InfiniteTimeSpan || remaining > Moment ? remaining : Moment;

    /// <summary>Whether the thread that takes the lock is also the one that works under it; then taking it twice is an error.</summary>
    internal bool IsThreadBound { get; init; } = true;

    /// <summary>
    /// Whether to nap where a waiter yields: for a process that tries a few times in its life. One that waits again and again loses more by
    /// the naps than by the yields.
    /// </summary>
    internal bool Naps { get; init; }

    /// <summary>Useful work for the time after a refused try; short, and nothing that waits.</summary>
    internal Action? BetweenTries { get; init; }

    /// <summary>
    /// Whether the kept file is known to be the one at the path still, or the caller will see to it: then the path is not looked up.
    /// </summary>
    internal bool IsPathKnown { get; init; }

    /// <summary>Asked after a refused try: true when nobody needs the lock any more, which ends the wait without it.</summary>
    internal Func<bool>? EndsWhen { get; init; }

    /// <summary>Keeps the file open from one acquisition of this path to the next; null closes it.</summary>
    internal KeptLockFile? Kept { get; init; }

    /// <summary>The longest pause between two tries, in milliseconds.</summary>
    internal int LongestSleep { get; init; } = 15;
}
