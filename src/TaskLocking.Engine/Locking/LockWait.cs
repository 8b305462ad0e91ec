using System;

namespace TaskLocking.Locking;

/// <summary>A wait that goes on, reported on the waiting thread a few times a second.</summary>
/// <param name="Resource">The lock: a task id, or the path of the lock file.</param>
/// <param name="Elapsed">Time waited so far.</param>
/// <param name="Holder">Who is in the way, as far as is known.</param>
public sealed record LockWait(string Resource, TimeSpan Elapsed, LockHolder Holder);
