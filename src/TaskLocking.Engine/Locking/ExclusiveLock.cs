using System;
using System.Threading;

namespace TaskLocking.Locking;

/// <summary>An exclusive lock on a path, across threads and processes.</summary>
public sealed class ExclusiveLock : IDisposable
{
    private ExclusiveLock(string path) => Path = path;

    /// <summary>The lock file, canonical full path.</summary>
    public string Path { get; }

    /// <summary>How long the wait was.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>Waits for the lock. The file is made if it is not there; its folder must be.</summary>
    /// <param name="path">The lock file. Its folder should be canonical, so that all meet the same lock.</param>
    /// <param name="options">Waiting; null: 5 s.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="Diagnostics.TaskLockingException">LockTimeout with the holder, LockRecursion when this thread holds it,
    /// LockingUnsupported, DiskFull, AccessDenied, ReadOnlyFileSystem, PathNotFound, StoreUnavailable.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public static ExclusiveLock Acquire(string path, LockOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException(path);

    /// <summary>Takes the lock if it is free this moment, else null; other failures as with <see cref="Acquire"/>.</summary>
    public static ExclusiveLock? TryAcquire(string path) => throw new NotSupportedException(path);

    /// <summary>Lets go. The file stays.</summary>
    public void Dispose() => Waited = TimeSpan.Zero;
}
