using System;
using System.IO;
using System.Threading;
using TaskLocking.Diagnostics;
using TaskLocking.Locking;

namespace TaskLocking.Storage;

/// <summary>
/// Checkpoints: the state as a backup, from which a new journal goes on, so that no journal grows for ever. The publisher calls this, and
/// holds its lock meanwhile.
/// </summary>
/// <remarks>
/// Failure modes: killed anywhere between, the old backup or the new one leads through the journals that are there. Where the folder has
/// been replaced by another meanwhile, nothing there is touched.
/// </remarks>
internal sealed class Checkpointer(FileTaskStore store, StorePaths paths, StoreWriter writer)
{
    private const long Smallest = 4 << 20;

    /// <summary>For the locks of a checkpoint: nobody waits for it but who has to begin a new journal.</summary>
    public static readonly LockOptions Waiting = new() { Timeout = TimeSpan.FromSeconds(30), IsThreadBound = false };

    /// <summary>Whether the journal has grown past the state, and past 4 MB.</summary>
    public bool IsDue()
    {
        lock (store.Gate)
            return store.Image is { Journal: not null } image && image.Offset > Math.Max(image.State.Size, Smallest);
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
        DocumentView.Prepare(store);
        lock (store.Gate)
        {
            // A backup that is older than the one that is there might name a journal that nobody has any more.
            store.Refresh();
            if (store.Image!.MustBegin)
                return false;
            journal = store.Image.Journal!;
            view = writer.ViewOf(store.Image);
        }
        var mark = view.Mark;
        store.CommitFlush.Run(new WrittenLine(journal, mark.Version));
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
            lock (store.Gate)
            {
                store.CatchUpLocked();
                if (store.Image!.Epoch != mark.Epoch || store.Image.Journal!.Sequence != mark.Journal)
                {
                    // The files were changed below us; the new journal is an orphan that nothing names.
                    next.Dispose();
                    return false;
                }
                StoreWriter.Seal(store.Image, next);
            }
        }
        sealedJournal = mark.Journal;
        return true;
    }

    /// <summary>Removes the journals before the one that the backup names: nothing leads to them any more.</summary>
    public void Sweep(long sealedJournal)
    {
        PlatformFile.FlushFolder(paths.Journals);
        lock (store.Gate)
        {
            if (store.Image is not { Journal: { } journal } || journal.LengthIfAtPath() < 0)
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
