using System;
using System.Threading;

namespace TaskLocking.Locking;

/// <summary>
/// A lock file that is left open, unlocked, between two acquisitions of one path: a store that commits all the time saves opening and
/// closing it. Dispose it with whatever keeps it. Thread-safe; while one thread has the file, others open it anew.
/// </summary>
internal sealed class KeptLockFile : IDisposable
{
    private LockFile? _file;
    private volatile bool _isDisposed;

    /// <summary>The file, which is then the caller's; null if there is none.</summary>
    public LockFile? Take() => Interlocked.Exchange(ref _file, null);

    /// <summary>Unlocks a file and keeps it for the next, where the platform can do one without the other.</summary>
    public void Leave(LockFile file)
    {
        if (!file.TryRelease() || _isDisposed || Interlocked.CompareExchange(ref _file, file, null) is not null)
            file.Dispose();
        else if (_isDisposed)
            Take()?.Dispose();
    }

    public void Dispose()
    {
        _isDisposed = true;
        Take()?.Dispose();
    }
}
