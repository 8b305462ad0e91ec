using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using TaskLocking.Board;
using TaskLocking.Locking;
using TaskLocking.Model;
using TaskLocking.Todo2;
using TaskLocking.Workspaces;

namespace TaskLocking.FileStore;

/// <summary>
/// Opens a store: the newest whole one of the document and its backup, continued by the journal without a gap; else the other; else a
/// refusal. Writes nothing, so it is safe without a lock; what it finds broken or foreign the next writer deals with. No store starts
/// empty because a file did not parse.
/// </summary>
internal sealed class StoreLoader(StorePaths paths)
{
    private const int Tries = 5;

    // First: whoever publishes meanwhile tells a version that the journal has by the time that it is read.
    private readonly PublishedStamp? _told = PublishedStamp.Read(paths);
    private readonly DocumentReading _reading = DocumentReading.Of(paths);

    private TodoDocument? Document => _reading.Document;

    /// <exception cref="TaskLockingException">StateCorrupt, or what the system said.</exception>
    public static StoreImage Load(StorePaths paths)
    {
        // Without the lock a checkpoint, or whoever publishes, may move on between two of our reads; then everything is read again.
        for (var left = Tries; ; left--)
        {
            try
            {
                var image = new StoreLoader(paths).Load();
                if (image.Foreign is null || left == 0 || image.DocumentStamp == FileStamp.Of(paths.Document))
                    return image;
                image.Dispose();
            }
            catch (TaskLockingException refused) when (refused.Refusal.Code == RefusalCode.StateCorrupt && left > 0)
            {
                System.Threading.Thread.Yield();
            }
        }
    }

    /// <summary>The version that a document shows, if it is ours and belongs to this history; else null.</summary>
    public static long? VersionOf(StorePaths paths, string epoch, DocumentReading reading) =>
        reading.IsOurs && reading.Document!.Mark is { } mark && mark.Epoch == epoch && IsOnLineage(paths, mark) ? mark.Version : null;

    /// <summary>The state at the version that a foreign writer started from, if backup and journal still lead there.</summary>
    /// <param name="paths">Where.</param>
    /// <param name="version">The version.</param>
    /// <param name="earlier">
    /// Sees every state on the way, and those after it: where the stamp is lost, or is an older one, the document may be of any of them.
    /// </param>
    public static BoardState? Reconstruct(StorePaths paths, long version, EarlierStates earlier)
    {
        if (ReadBackup(paths) is not { } backup)
            return null;
        using var image = Continue(paths, backup, version, earlier);
        return image is null ? null : StateFrom(image, paths, earlier);
    }

    /// <summary>
    /// The state that a mark names; null also if the mark does not lie where that version ends, so that nothing it says counts.
    /// </summary>
    /// <param name="paths">Where.</param>
    /// <param name="mark">The mark.</param>
    /// <param name="earlier">Sees every state after it: who wrote once from there may write the same again.</param>
    public static BoardState? Reconstruct(StorePaths paths, DocumentMark mark, EarlierStates earlier)
    {
        if (ReadBackup(paths) is not { } backup)
            return null;
        using var image = Continue(paths, backup, mark.Version);
        if (image is null || image.State.Version != mark.Version)
            return null;
        var isAtEndOfSealed = image.Mark.Journal > mark.Journal && image.Offset == image.Journal!.HeaderEnd;
        return isAtEndOfSealed || image.Mark with { Records = mark.Records } == mark ? StateFrom(image, paths, earlier) : null;
    }

    // What the image has now; it then goes on to the end.
    private static BoardState StateFrom(StoreImage image, StorePaths paths, EarlierStates earlier)
    {
        if (earlier.IsEmpty)
            return image.State;
        var state = image.State.Clone();
        image.Applied = line => earlier.Look(image.State, line);
        _ = image.Follow(paths);
        return state;
    }

    private bool IsOurs => _reading.IsOurs;

    private StoreImage Load()
    {
        var fromDocument = IsOurs ? Continue(paths, Document!) : null;
        if (fromDocument is { HasEnded: false })
            return Shown(fromDocument);
        var backup = ReadBackup(paths);
        var fromBackup = backup is null ? null : Continue(paths, backup) ?? ContinueBehindSeal(backup);
        if (fromDocument is not null)
            return Newer(fromDocument, fromBackup);
        if (fromBackup is not null)
            return WithDocument(IsBehindDocument(fromBackup) ? Alone(Document!, fromBackup) : fromBackup);
        return WithoutLead(backup);
    }

    // A journal that has ended leads as far as it goes. Where another was begun from there, the backup names that one, or one after it.
    private StoreImage Newer(StoreImage fromDocument, StoreImage? fromBackup)
    {
        if (fromBackup is null || (fromBackup.HasEnded && fromBackup.State.Version <= fromDocument.State.Version))
        {
            fromBackup?.Dispose();
            return Shown(fromDocument);
        }
        fromDocument.Dispose();
        return Shown(fromBackup);
    }

    // The document shows only what is flushed. Where it is ahead of an end that is torn, or that is known to have been further, the journal
    // has lost lines that were acknowledged.
    private bool IsBehindDocument(StoreImage image) =>
        IsOurs && Document!.Mark is { } mark && mark.Epoch == image.Epoch && mark.Version > image.State.Version &&
        (image.IsTorn || (_reading.Stamp is { } stamp && _told?.VersionOf(stamp) == mark.Version)) &&
        JournalSurvey.Of(paths).IsShownBy(mark);

    // Neither document nor backup leads into a journal. Whatever is whole and ahead of all of them is the newest by itself: a new journal
    // will begin with it.
    private StoreImage WithoutLead(TodoDocument? backup)
    {
        var survey = JournalSurvey.Of(paths);
        var document = IsOurs && (backup is null || backup.Mark!.Epoch == Document!.Mark!.Epoch) ? Document : null;
        var shown = new[] { document, backup }.Where(whole => whole is not null && survey.IsShownBy(whole.Mark!))
            .OrderByDescending(whole => whole!.Mark!.Version).FirstOrDefault();
        var fromBeginning = FromEmptyBeginning();
        var known = Math.Max(shown?.Mark!.Version ?? 0, fromBeginning is { HasEnded: true } ? survey.LastVersion : 0);
        if (fromBeginning is not null && fromBeginning.State.Version >= known)
            return WithDocument(fromBeginning);
        if (shown is not null)
            return shown == backup ? WithDocument(Alone(backup, fromBeginning)) : Alone(shown, fromBeginning);
        fromBeginning?.Dispose();
        if (!survey.HasCommits && backup is null && !StoreFile.IsThere(paths.Backup))
        {
            if (_reading.IsBusy)
                throw new TaskLockingException(new Refusal(RefusalCode.StoreUnavailable,
                    $"'{paths.Document}' cannot be read: {_reading.Fault}. Try again.")
                { Path = paths.Document });
            if (_reading.Bytes is not { } bytes)
                return new StoreImage(new BoardState());
            if ((Document ?? TodoDocument.Begin(DocumentText.ToUtf8(bytes))) is { } first)
                return new StoreImage(new BoardState(first, RecordsOf(first)) { Version = first.Mark?.Version ?? 0 })
                {
                    DocumentStamp = _reading.Stamp,
                };
            throw NoBeginning();
        }
        throw Corrupt(survey);
    }

    // The document is one of ours, on the way to what the image has.
    private StoreImage Shown(StoreImage image)
    {
        image.DocumentStamp = _reading.Stamp;
        image.PublishedVersion = Document!.Mark!.Version;
        image.PutBack ??= OlderThanTold(image) ?? Copied();
        image.IsUnvouched = IsUnvouched(image.PublishedVersion);
        return image;
    }

    private StoreImage WithDocument(StoreImage image)
    {
        (image.DocumentFault, image.IsDocumentBusy) = (_reading.Fault, _reading.IsBusy);
        image.DocumentStamp = _reading.Stamp;
        image.PutBack ??= OlderThanTold(image);
        image.IsUnvouched = IsUnvouched(shown: -1);
        if (Document is null)
            return image;
        // Asked last: whoever begins the store tells it before the backup, and whoever published meanwhile has changed the document.
        if (_reading.Stamp is { } stamp && PublishedStamp.ShownBy(paths, stamp) is { } version)
            image.PublishedVersion = version;
        else
            image.Foreign = Document;
        return image;
    }

    private static TodoDocument? ReadBackup(StorePaths paths)
    {
        try
        {
            return FileBytes.TryReadAll(paths.Backup) is { } bytes && TodoDocument.Parse(bytes) is { Mark: not null, IsWhole: true } backup
                ? backup : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static StoreImage? Continue(StorePaths paths, TodoDocument document, long untilVersion = long.MaxValue,
        EarlierStates? earlier = null)
    {
        var mark = document.Mark!;
        if (JournalFile.Open(paths, mark.Journal) is not { } journal)
            return null;
        if (!journal.LeadsTo(mark))
        {
            journal.Dispose();
            return null;
        }
        var image = new StoreImage(new BoardState(document) { Version = mark.Version });
        image.Continue(journal, mark.Offset, mark.Chain);
        if (earlier is { IsEmpty: false })
        {
            earlier.Look(image.State);
            image.Applied = line => earlier.Look(image.State, line);
        }
        if (image.FollowToEnd(paths, untilVersion))
            return image;
        image.Dispose();
        return null;
    }

    // Where the journal is gone that was sealed behind the backup, the next one leads on from there, if it tells that nothing was in
    // between.
    private StoreImage? ContinueBehindSeal(TodoDocument backup)
    {
        var mark = backup.Mark!;
        var sequence = JournalNames.In(paths.Journals).Where(number => number > mark.Journal).DefaultIfEmpty().Min();
        if (JournalFile.Open(paths, sequence) is not { } journal)
            return null;
        var first = journal.ReadLine(journal.HeaderEnd);
        var chain = journal.Header.Chain;
        var image = new StoreImage(new BoardState(backup) { Version = mark.Version });
        image.Continue(journal);
        var isNext = journal.Epoch == mark.Epoch && journal.Header.Base == mark.Version && JournalLine.Verify(first, ref chain) &&
            JournalLine.Number(first, "v"u8) == mark.Version + 1;
        if (isNext && image.FollowToEnd(paths))
            return image;
        image.Dispose();
        return null;
    }

    // A copy of the folder that went its own way has the same epoch; the checksum before the offset tells it.
    private static bool IsOnLineage(StorePaths paths, DocumentMark mark)
    {
        using var journal = JournalFile.Open(paths, mark.Journal);
        return journal is not null && journal.LeadsTo(mark);
    }

    // The very first journal of a store that began without a document tells everything by itself.
    private StoreImage? FromEmptyBeginning()
    {
        if (JournalFile.Open(paths, 1) is not { } journal)
            return null;
        var image = new StoreImage(new BoardState());
        image.Continue(journal);
        // Without a commit its beginning was not brought to an end, and nobody was told of it.
        if (journal.Header.BeginsEmpty && image.FollowToEnd(paths) && image.State.Version > 0)
            return image;
        image.Dispose();
        return null;
    }

    // What it goes on from is the end of a life: nobody knows how much was given out after it.
    private StoreImage Alone(TodoDocument document, StoreImage? instead)
    {
        instead?.Dispose();
        var isAlone = JournalNames.In(paths.Journals).Count == 0;
        return new(new BoardState(document) { Version = document.Mark!.Version })
        {
            DocumentStamp = _reading.Stamp,
            PutBack = isAlone ? "" : "the journal lacks what was published",
        };
    }

    // What was published was in the journal: where it no longer is, the journal is an earlier one.
    private string? OlderThanTold(StoreImage image) =>
        _told?.Version > image.State.Version ? $"the journal lacks version {_told.Version}, which was published" : null;

    // Asked again: whoever published meanwhile has told it by now.
    private bool IsUnvouched(long shown) =>
        _told?.IsKnownOf(_reading.Stamp) != true && !PublishedStamp.Vouches(paths, _reading.Stamp, shown);

    // The document of exactly the version that was published last is another file than the one that was published: somebody put it there,
    // and perhaps the rest with it, into the files that were there. Or it is as it was, by `git stash pop`: then there is nothing to tell.
    // A file that was there before the published one is no copy of it: a power cut took back what replaced it.
    private string? Copied() =>
        _told is { } told && told.Version == Document!.Mark!.Version && _reading.Stamp is { } stamp && !told.IsOf(stamp) &&
        !(stamp.Created > 0 && stamp.Created <= told.Stamp.Created) && LocalFileSystem.Has(paths.Folder) ? "" : null;

    private TaskLockingException Corrupt(JournalSurvey survey)
    {
        var damage = survey.Damage;
        return new(new Refusal(RefusalCode.StateCorrupt,
            $"The state in '{paths.Folder}' cannot be read: " +
                $"{(damage is { } found ? $"'{found.Path}' is damaged at byte {found.Place}, " : "")}state.todo2.json {Describe()}, " +
            $"and {(damage is null ? "neither state.todo2.json.bak nor the journal leads" : "nothing else leads")} to a whole state. " +
            "Nothing was changed. Put a whole copy of the folder .todo2 back, or move 'journal' and 'state.todo2.json.bak' away to " +
                "begin with the document as it stands.")
        { Path = damage?.Path ?? paths.Document });
    }

    // There is no store yet, and what stands in the document's place may be another program's.
    private TaskLockingException NoBeginning() => new(new Refusal(RefusalCode.StateCorrupt,
        $"'{paths.Document}' is not a Todo2 document ({_reading.Fault}), and there is neither backup nor journal to recover one from. " +
            "Nothing was changed. " +
        "Move it away to begin with no tasks, or put a whole copy in its place.")
    { Path = paths.Document });

    private string Describe() => _reading switch
    {
        { Fault: { } fault } => $"is not a Todo2 document ({fault})",
        { Bytes: null } => "is missing",
        { IsOurs: true } => "is whole but older, or does not fit the journal",
        _ => "was written by somebody else",
    };

    // What two branches archived was put together by who merged their documents, without reading it.
    private StateRecords RecordsOf(TodoDocument document)
    {
        if (document.Mark is not null || document.Records.Archive.Count == 0)
            return document.Records;
        var ids = new HashSet<string>(document.Entries.Select(entry => entry.Id), StringComparer.Ordinal);
        return ArchiveUnion.Settle(document.Records, ids.Contains, new FileArchive(paths));
    }
}
