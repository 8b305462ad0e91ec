using System;

namespace TaskLocking.Locking;

/// <summary>A wait that goes on, reported on the waiting thread a few times a second.</summary>
/// <param name="Resource">The lock: a task id, or the path of the lock file.</param>
/// <param name="Elapsed">Time waited so far.</param>
/// <param name="Holder">Who is in the way, as far as is known. A task's holder is told at once; who holds a bare lock file is looked up
/// only in a wait of more than 10 s, because the question is dear (and once more when the wait fails).</param>
public sealed record LockWait(string Resource, TimeSpan Elapsed, LockHolder Holder);
