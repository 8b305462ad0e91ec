using System;
using System.IO;
using System.Threading;
using TaskLocking.Board;
using TaskLocking.Locking;
using TaskLocking.Workspaces;

namespace TaskLocking.FileStore;

/// <summary>
/// Brings the document up to date: adopts what others wrote into it, sweeps what is left over, makes a checkpoint where one is due, and
/// publishes. Last the document, so that where it cannot be put in its place all else is done.
/// </summary>
internal sealed class StoreSync(
    GuardedImage source, StorePaths paths, StoreWriter writer, CommitFlush flush, JournalTurn turn, Publisher publisher,
    StoreReading reading)
{
    /// <exception cref="TaskLockingException">DocumentNotPublished, LockTimeout, PathNotFound where there is no store, and what the system
    /// said.</exception>
    public SyncReport Run(CommitOptions options, CancellationToken cancellationToken)
    {
        MountProof.RefuseSwitch(paths.Folder);
        if (!Directory.Exists(paths.Folder))
        {
            throw new TaskLockingException(new Refusal(RefusalCode.PathNotFound,
                $"'{paths.Folder}' does not exist: there is nothing to bring up to date. Define a task first.")
            { Path = paths.Folder });
        }
        int swept;
        WrittenLine line;
        var waiting = LockOptions.OnTheWay(options.Timeout ?? TimeSpan.FromSeconds(10), options.OnWait);
        using (ExclusiveLock.Acquire(paths.StateLock, waiting, cancellationToken))
        {
            lock (source.Gate)
            {
                source.CatchUpLocked();
                var image = source.Image!;
                line = new WrittenLine(image.Journal!, image.State.Version);
                if (writer.Adopted > 0)
                    flush.Announce(line.Journal);
                swept = LockFileSweep.Run(paths.Locks, image.State);
            }
        }
        try
        {
            flush.Run(line);
        }
        catch (TaskLockingException)
        {
            turn.LeaveFailed();
            throw;
        }
        var isDue = publisher.IsCheckpointDue();
        if (isDue)
            publisher.Checkpoint(cancellationToken);
        publisher.SweepTemporary(cancellationToken);
        publisher.PublishAndWait(waiting, cancellationToken);
        var state = reading.Read(cancellationToken);
        return new SyncReport(state.Version, state.Count, writer.Adopted, writer.KeptAside.ToArray(), swept, isDue)
        {
            NotUnderstood = TodoAudit.Run(state),
        };
    }
}
