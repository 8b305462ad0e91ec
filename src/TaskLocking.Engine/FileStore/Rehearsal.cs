using System.Diagnostics;
using TaskLocking.Diagnostics;
using TaskLocking.Locking;

namespace TaskLocking.Storage;

/// <summary>
/// A new process would otherwise link the rest of the way while it holds the lock: of two hundred started at once, the last would wait for
/// that two hundred times, and some would be preempted in it. Goes through every step under the lock once, and changes nothing.
/// </summary>
internal sealed class Rehearsal(FileTaskStore store, StorePaths paths, StoreWriter writer)
{
    /// <summary>Goes through the commit of an attempt.</summary>
    public void Run<TAnswer>(Attempt<TAnswer> attempt, StoreImage image, LockSession session)
    {
        lock (store.Gate)
        {
            StoreLife.RefuseEnd(image.State.Version, paths.Folder);
            if (store.IsDurable)
                image.Journal!.Announce();
            var line = attempt.LineFor(image.State);
            _ = JournalLine.Seal(line, image.Chain);
            image.Journal!.Rehearse();
            _ = attempt.HoldsOn(image.Rehearse(line.WrittenMemory));
            _ = writer.TryCatchUp(image) && writer.IsPublished(image, image.DocumentStamp);
            store.Watch.Confirm(image);
            _ = HeldTasks.FindHeld(paths.Locks, attempt.ChangedIds, session);
        }
        RehearseLock();
    }

    // On a file that nobody waits for; what becomes of that stops nothing.
    private void RehearseLock()
    {
        try
        {
            using var kept = new KeptLockFile();
            ExclusiveLock.TryAcquire(paths.GitIgnore, isThreadBound: false, kept)?.Dispose();
        }
        catch (TaskLockingException exception)
        {
            Debug.WriteLine(exception);
        }
    }
}
