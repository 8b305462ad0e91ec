using System.Diagnostics;
using TaskLocking.Board;
using TaskLocking.Locking;
using TaskLocking.Model;
using TaskLocking.Todo2;
using TaskLocking.Workspaces;

namespace TaskLocking.FileStore;

/// <summary>
/// A new process would otherwise link the rest of the way while it holds the lock: of two hundred started at once, the last would wait for
/// that two hundred times, and some would be preempted in it. Goes through every step under the lock once, and changes nothing.
/// </summary>
internal sealed class Rehearsal(GuardedImage source, StorePaths paths, StoreWriter writer, CommitFlush flush)
{
    // To put more than this together and into a copy of the state, and to look at so many locks, takes longer than linking the way does.
    private const int LongestLine = 64 << 10;

    /// <summary>Goes through the commit of an attempt.</summary>
    public void Run(IAttempt attempt, StoreImage image, LockSession session)
    {
        lock (source.Gate)
        {
            StoreLife.RefuseEnd(image.State.Version, paths.Folder);
            flush.Announce(image.Journal!);
            image.Journal!.Rehearse();
            if (attempt.Length <= LongestLine)
            {
                var line = attempt.LineFor(image.State);
                _ = JournalLine.Seal(line, image.Chain);
                _ = attempt.HoldsOn(image.Rehearse(line.WrittenMemory));
                _ = HeldTasks.FindHeld(paths.Locks, attempt.ChangedIds, session);
            }
            _ = writer.TryCatchUp(image) && writer.IsPublished(image, image.DocumentStamp);
            source.Watch.Confirm(image);
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
