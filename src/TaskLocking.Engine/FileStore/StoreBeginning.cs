using System;
using System.IO;
using System.Text;
using TaskLocking.Board;
using TaskLocking.Faults;
using TaskLocking.Locking;
using TaskLocking.Model;
using TaskLocking.Todo2;
using TaskLocking.Workspaces;

namespace TaskLocking.FileStore;

/// <summary>
/// Begins a journal that no seal leads to: the first of a store, one after a flush that failed, the first of another life. What is in
/// memory is written anew, whole, and nothing that was written before is relied on any more.
/// </summary>
/// <remarks>
/// <para>Under the state lock. The order is what makes it safe: the journal, the backup that names it, and only then the names of the
/// journals before it are taken away; each flushed with its folder, all before anybody is answered.</para>
/// <para>Failure modes: killed before the backup is there, the new journal is an orphan that nothing names; after it, the backup leads past
/// the old journals, which lead nowhere else than there. What fails in between is refused, and the next one begins another.</para>
/// </remarks>
internal sealed class StoreBeginning(StorePaths paths, TimeProvider clock, StoreNotices notices)
{
    private static readonly byte[] Ignored = Encoding.ASCII.GetBytes(
        "# Working files of TaskLocking; the document itself may be kept.\n/.gitignore\n/state.todo2.json.lock\n/state.todo2.json.bak\n" +
        "/journal/\n/locks/\n/aside/\n/metrics.*\n/.*.tmp\n");

    /// <summary>Begins it; the image then goes on in it.</summary>
    /// <exception cref="TaskLockingException">What the system said; nobody may append to what is there.</exception>
    public void Run(StoreImage image)
    {
        StoreRedirect.RefuseMoved(paths.Folder);
        var last = image.Journal;
        var isEmpty = last is null && image.State.Count == 0 && image.DocumentStamp is null;
        var left = last is null ? VersionsIn(image.State) : 0;
        var putBack = image.PutBack;
        var isCleaned = last is null && StoreGuard.IsKnown(paths);
        var isNewLife = image.IsPutBack || left > 0 || isCleaned;
        var showsAll = last is null || image.PublishedVersion == image.State.Version;
        var epoch = isNewLife || last is null ? Guid.NewGuid().ToString("N").Substring(0, 16) : last.Epoch;
        if (isNewLife)
            image.State.JumpTo(StoreLife.Begin(Math.Max(image.State.Version, left), clock.GetUtcNow()));
        else if (last is not null)
            image.State.JumpTo(image.State.Version + StoreLife.Skip); // Somebody may have read a line that did not last.
        StoreLife.RefuseEnd(image.State.Version, paths.Folder);
        Prepare();
        var next = JournalFile.Create(paths, last?.Sequence ?? 0, epoch, image.State.Version, isEmpty);
        try
        {
            next.Announce();
            Failpoint.Hit("begin.after-journal");
            _ = image.Begin(next);
            // Who sees the first backup must know the document by then.
            if (last is null)
            {
                TellDocument(image, showsAll);
                PlatformFile.FlushFolder(Path.GetDirectoryName(paths.Folder)!);
            }
            Failpoint.Hit("begin.before-backup");
            WriteBackup(image);
            Failpoint.Hit("begin.after-backup");
            Retire(next.Sequence);
            // Not before everything leads here: a version that nothing else knows of looks like one that was lost.
            if (last is not null)
                TellDocument(image, showsAll);
        }
        catch
        {
            // What was made of it may be there or not, and a later flush of the same names would prove nothing.
            next.Fail();
            next.Dispose();
            throw;
        }
        next.Settle();
        if (putBack is { Length: > 0 })
        {
            notices.Add(new StoreNotice(StoreNoticeKind.StorePutBack,
                $"The store in '{paths.Folder}' is a copy, or was put back to an earlier state ({putBack}). What it has is kept; " +
                $"versions go on from {image.State.Version}, and tokens that were given out elsewhere or since count no longer.",
                paths.Folder));
        }
        if (isCleaned)
        {
            notices.Add(new StoreNotice(StoreNoticeKind.StorePutBack,
                $"The store in '{paths.Folder}' was there before and its journal is gone, as 'git clean -fdx' takes it away: what is " +
                    "not in the document " +
                $"is lost. Versions go on from {image.State.Version}, and tokens that were given out before count no longer.",
                paths.Folder));
        }
        if (last is null)
            StoreGuard.Leave(paths);
        last?.Dispose(); // Who waits for a line there may take the new journal for his answer only now.
    }

    private void TellDocument(StoreImage image, bool showsAll)
    {
        if (image is { DocumentStamp: { } stamp, IsDocumentBroken: false, Foreign: null } && (showsAll || image.PublishedVersion >= 0))
            new PublishedStamp(showsAll ? image.State.Version : image.PublishedVersion, stamp).Write(paths);
        else if (PublishedStamp.Read(paths) is null)
            new PublishedStamp(0, default).Write(paths); // Without any, nobody could say that it was not taken away.
    }

    // The checkpoint of the image's version, durable with its name. By it others see that they can go on.
    private void WriteBackup(StoreImage image)
    {
        var view = new DocumentView(image, clock);
        var bytes = view.NewBuffer();
        view.Render(bytes);
        FileBytes.Replace(FileBytes.WriteBeside(paths.Backup, bytes.Written, bound: paths.Document), paths.Backup);
        PlatformFile.FlushFolder(paths.Folder);
    }

    // An older document may still name one of them, and would go on in it without the new one.
    private void Retire(long next)
    {
        var isChanged = false;
        foreach (var sequence in JournalNames.In(paths.Journals))
        {
            if (sequence == next || !IsJournal(sequence))
                continue;
            var ended = paths.Ended(sequence);
            for (var other = next; Directory.Exists(ended); other++)
                ended = paths.Ended(other); // A folder cannot be replaced, and is nobody's who means well.
            FileBytes.Replace(paths.Journal(sequence), ended);
            isChanged = true;
        }
        if (isChanged)
            PlatformFile.FlushFolder(paths.Journals);
    }

    private bool IsJournal(long sequence)
    {
        using var journal = JournalFile.Open(paths, sequence);
        return journal is not null;
    }

    // The highest version and token of an earlier life that stand in what it left; 0 if nothing there bears our hand.
    private static long VersionsIn(BoardState state)
    {
        var highest = state.Records.IsEmpty ? state.Version : Math.Max(state.Version, 1);
        foreach (var entry in state.Entries)
        {
            if (JsonSlices.Own(entry.Json).Count > 0)
                highest = Math.Max(highest, Math.Max(1, Math.Max(Believed(entry.Task.Version), Believed(entry.Task.Claim?.Token ?? 0))));
        }
        return highest;
    }

    private static long Believed(long version) => StoreLife.IsBelieved(version) ? version : 0;

    private void Prepare()
    {
        StoreFolder.Ensure(paths.Journals);
        FlushSlot.Open(paths)?.Dispose(); // What could not be announced is not begun.
        try
        {
            if (!StoreFile.IsThere(paths.GitIgnore))
                FileBytes.Replace(FileBytes.WriteBeside(paths.GitIgnore, Ignored, durable: false), paths.GitIgnore);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or TaskLockingException)
        {
            // It only helps.
            System.Diagnostics.Debug.WriteLine(exception);
        }
    }
}
