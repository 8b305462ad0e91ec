using System;
using System.IO;
using System.Threading;
using TaskLocking.Faults;
using TaskLocking.Locking;
using TaskLocking.Model;
using TaskLocking.Workspaces;

namespace TaskLocking.FileStore;

/// <summary>
/// Checkpoints: the state as a backup, from which a new journal goes on, so that no journal grows for ever. The publisher calls this, and
/// holds its lock meanwhile.
/// </summary>
/// <remarks>
/// Failure modes: killed anywhere between, the old backup or the new one leads through the journals that are there. Where the folder has
/// been replaced by another meanwhile, nothing there is touched.
/// </remarks>
internal sealed class Checkpointer(GuardedImage source, StorePaths paths, StoreWriter writer, CommitFlush flush)
{
    private const long Smallest = 4 << 20;

    /// <summary>For the locks of a checkpoint: nobody waits for it but who has to begin a new journal.</summary>
    public static readonly LockOptions Waiting = new() { Timeout = TimeSpan.FromSeconds(30), IsThreadBound = false };

    /// <summary>Whether the journal has grown past the state, and past 4 MB.</summary>
    public bool IsDue()
    {
        lock (source.Gate)
            return source.Image is { Journal: not null } image && image.Offset > Math.Max(image.State.Size, Smallest);
    }

    /// <summary>
    /// Writes the backup, begins a new journal and seals the old one; false if the files were changed below us meanwhile.
    /// </summary>
    /// <param name="sealedJournal">The number of the journal that the backup names.</param>
    /// <param name="cancellationToken">Ends a wait for the state lock.</param>
    public bool TryMake(out long sealedJournal, CancellationToken cancellationToken)
    {
        sealedJournal = 0;
        JournalFile journal;
        DocumentView view;
        source.Settle();
        lock (source.Gate)
        {
            // A backup that is older than the one that is there might name a journal that nobody has any more.
            source.Refresh();
            if (source.Image!.MustBegin)
                return false;
            journal = source.Image.Journal!;
            view = writer.ViewOf(source.Image);
        }
        var mark = view.Mark;
        flush.Run(new WrittenLine(journal, mark.Version));
        var bytes = view.NewBuffer();
        view.Render(bytes);
        if (!TryReplaceBackup(journal, bytes, cancellationToken))
            return false;
        PlatformFile.FlushFolder(paths.Folder);
        Failpoint.Hit("checkpoint.after-backup");
        var next = JournalFile.Create(paths, mark.Journal, mark.Epoch, mark.Version, beginsEmpty: false);
        Failpoint.Hit("checkpoint.after-journal");
        using (ExclusiveLock.Acquire(paths.StateLock, Waiting, cancellationToken))
        {
            lock (source.Gate)
            {
                source.CatchUpLocked();
                if (source.Image!.Epoch != mark.Epoch || source.Image.Journal!.Sequence != mark.Journal)
                {
                    // The files were changed below us; the new journal is an orphan that nothing names.
                    next.Dispose();
                    return false;
                }
                StoreWriter.Seal(source.Image, next);
            }
        }
        sealedJournal = mark.Journal;
        return true;
    }

    /// <summary>Removes the journals before the one that the backup names: nothing leads to them any more.</summary>
    public void Sweep(long sealedJournal)
    {
        PlatformFile.FlushFolder(paths.Journals);
        lock (source.Gate)
        {
            if (source.Image is not { Journal: { } journal } || journal.LengthIfAtPath() < 0)
                return;
        }
        foreach (var sequence in JournalNames.In(paths.Journals).FindAll(number => number < sealedJournal))
            FileBytes.TryDelete(paths.Journal(sequence));
        foreach (var sequence in JournalNames.In(paths.Journals, JournalNames.Ended).FindAll(number => number < sealedJournal))
            FileBytes.TryDelete(paths.Ended(sequence));
    }

    private bool TryReplaceBackup(JournalFile journal, ByteBuffer bytes, CancellationToken cancellationToken)
    {
        var temporary = FileBytes.WriteBeside(paths.Backup, bytes.Written, bound: paths.Document);
        // As with the document: as long as the old one is open, replacing it frees nothing on the disk.
        using var replaced = OpenFile.At(paths.Backup);
        try
        {
            using (ExclusiveLock.Acquire(paths.StateLock, Waiting, cancellationToken))
            {
                if (journal.LengthIfAtPath() < 0)
                    return false;
                FileBytes.Replace(temporary, paths.Backup);
                return true;
            }
        }
        finally
        {
            FileBytes.TryDelete(temporary);
        }
    }
}
