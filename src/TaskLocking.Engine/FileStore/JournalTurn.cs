using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using TaskLocking.Locking;
using TaskLocking.Model;
using TaskLocking.Workspaces;

namespace TaskLocking.FileStore;

/// <summary>When a store takes the state lock for its journal and not for a commit.</summary>
internal sealed class JournalTurn(GuardedImage source, StorePaths paths, bool isOneShot)
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
        var waited = Deadline.Since(asked);
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
            lock (source.Gate)
            {
                if (source.Image?.Journal is not { HasFailed: true })
                    return;
            }
            Leave(new LockOptions { IsThreadBound = false }, CancellationToken.None);
        }
        catch (Exception exception) when (exception is TaskLockingException or IOException or UnauthorizedAccessException)
        {
            Debug.WriteLine(exception);
        }
    }

    /// <summary>
    /// Refuses to tell of a line that nobody finds: its journal, or the folder, was taken away or replaced since it was appended. One that
    /// was sealed, or has ended, and gone since, has left it to the next.
    /// </summary>
    /// <exception cref="TaskLockingException">CommitUncertain.</exception>
    public void Confirm(WrittenLine line)
    {
        if (line.Journal.LengthIfAtPath() >= line.End || IsFound(line))
            return;
        throw new TaskLockingException(new Refusal(RefusalCode.CommitUncertain,
            $"The change was written, and before that could be told '{line.Journal.Path}' was taken away, replaced or cut: nobody finds " +
            $"the change in '{paths.Folder}'. Look what became of the folder, and read the task again.")
        { Path = line.Journal.Path });
    }

    private bool IsFound(WrittenLine line)
    {
        try
        {
            using var image = StoreLoader.Load(paths);
            return !image.NeedsJournal && image.State.Version >= line.Version
                && (line.Journal.HasGotLastName || (!image.IsPutBack && image.Epoch == line.Journal.Epoch));
        }
        catch (TaskLockingException)
        {
            return false;
        }
    }

    private void CatchUp()
    {
        lock (source.Gate)
            source.CatchUpLocked();
    }
}
