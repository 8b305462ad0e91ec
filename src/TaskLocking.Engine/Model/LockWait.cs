using System;

namespace TaskLocking;

/// <summary>A wait that goes on, reported on the waiting thread a few times a second.</summary>
public sealed record LockWait(string Resource, TimeSpan Elapsed, LockHolder Holder) : ValueObject
{
    /// <summary>The lock: a task id, or the path of the lock file.</summary>
    public string Resource { get; } = Resource;

    /// <summary>Time waited so far.</summary>
    public TimeSpan Elapsed { get; } = Elapsed;

    /// <summary>
    /// Who is in the way, as far as is known. A task's holder is told at once; who holds a bare lock file is looked up
    /// only in a wait of more than 10 s, because the question is dear (and once more when the wait fails).
    /// </summary>
    public LockHolder Holder { get; } = Holder;
}
