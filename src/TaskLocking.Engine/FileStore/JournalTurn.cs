using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using TaskLocking.Diagnostics;
using TaskLocking.Locking;

namespace TaskLocking.Storage;

/// <summary>When a store takes the state lock for its journal and not for a commit.</summary>
internal sealed class JournalTurn(FileTaskStore store, StorePaths paths, bool isOneShot)
{
    /// <summary>Begins a store that is not there yet; gives the time waited.</summary>
    /// <remarks>
    /// Of two hundred that found no store one begins it, and the others prepare over it like everybody: whoever would begin it in his first
    /// commit keeps the lock for the disk, and the others would read it for the first time under the lock.
    /// </remarks>
    public TimeSpan Begin(TimeSpan timeout, Action<LockWait>? onWait, CancellationToken cancellationToken)
    {
        StoreFolder.Ensure(paths.Folder, isStore: true);
        if (StoreFile.IsThere(paths.Backup))
            return TimeSpan.Zero;
        var asked = Stopwatch.GetTimestamp();
        var waiting = LockOptions.OnTheWay(timeout, onWait) with { EndsWhen = () => StoreFile.IsThere(paths.Backup), Naps = isOneShot };
        using var stateLock = ExclusiveLock.AcquireUnlessDone(paths.StateLock, waiting, cancellationToken);
        var waited = Backoff.Since(asked);
        if (stateLock is not null && !StoreFile.IsThere(paths.Backup))
            CatchUp();
        return waited;
    }

    /// <summary>Leaves a journal that has ended, for one that holds everything anew.</summary>
    /// <exception cref="TaskLockingException">LockTimeout, or what the system said.</exception>
    public void Leave(LockOptions waiting, CancellationToken cancellationToken)
    {
        using (ExclusiveLock.Acquire(paths.StateLock, waiting, cancellationToken))
            CatchUp();
    }

    /// <summary>
    /// The same at once by who saw its flush fail, before he tells: what is sure in his memory may be on no disk. What fails here is tried
    /// again by the next writer, whoever that is.
    /// </summary>
    public void LeaveFailed()
    {
        try
        {
            lock (store.Gate)
            {
                if (store.Image?.Journal is not { HasFailed: true })
                    return;
            }
            Leave(new LockOptions { IsThreadBound = false }, CancellationToken.None);
        }
        catch (Exception exception) when (exception is TaskLockingException or IOException or UnauthorizedAccessException)
        {
            Debug.WriteLine(exception);
        }
    }

    private void CatchUp()
    {
        lock (store.Gate)
            store.CatchUpLocked();
    }
}
