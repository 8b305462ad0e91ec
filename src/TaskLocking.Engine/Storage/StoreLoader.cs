using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using TaskLocking.Diagnostics;
using TaskLocking.Locking;

namespace TaskLocking.Storage;

/// <summary>
/// Opens a store: the newest whole one of the document and its backup, continued by the journal without a gap; else the other; else a
/// refusal. Writes nothing, so it is safe without a lock; what it finds broken or foreign the next writer deals with. No store starts
/// empty because a file did not parse.
/// </summary>
internal sealed class StoreLoader(StorePaths paths)
{
    private const int Tries = 5;

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
    /// <param name="earlier">Sees every state on the way.</param>
    public static BoardState? Reconstruct(StorePaths paths, long version, EarlierStates earlier)
    {
        if (ReadBackup(paths) is not { } backup)
            return null;
        using var image = Continue(paths, backup, version, earlier);
        return image?.State;
    }

    /// <summary>The state that a mark names; null also if the mark does not lie where that version ends, so that nothing it says counts.</summary>
    public static BoardState? Reconstruct(StorePaths paths, DocumentMark mark)
    {
        if (ReadBackup(paths) is not { } backup)
            return null;
        using var image = Continue(paths, backup, mark.Version);
        if (image is null || image.State.Version != mark.Version)
            return null;
        var isAtEndOfSealed = image.Mark.Journal > mark.Journal && image.Offset == image.Journal!.HeaderEnd;
        return isAtEndOfSealed || image.Mark with { Records = mark.Records } == mark ? image.State : null;
    }

    private bool IsOurs => _reading.IsOurs;

    private StoreImage Load()
    {
        if (IsOurs && Continue(paths, Document!) is { } fromDocument)
        {
            fromDocument.DocumentStamp = _reading.Stamp;
            fromDocument.PublishedVersion = Document!.Mark!.Version;
            return fromDocument;
        }
        var backup = ReadBackup(paths);
        if (backup is not null && Continue(paths, backup) is { } fromBackup)
        {
            // The document shows only what is flushed: where it is ahead of a torn end, the journal has lost lines that were acknowledged.
            if (!fromBackup.IsTorn || !IsOurs || !IsAhead(Document!, orLevel: false))
                return WithDocument(fromBackup);
            fromBackup.Dispose();
            return Alone(Document!);
        }
        if (FromEmptyBeginning() is { } fromBeginning)
            return WithDocument(fromBeginning);
        // A document or a backup that is ahead of every journal is whole by itself: a new journal will begin with it.
        var journals = paths.JournalFiles().Any(HoldsCommits);
        if (IsOurs && (!journals || IsAhead(Document!, StoreDamage.Find(paths) is not null)))
            return Alone(Document!);
        if (backup is not null && (!journals || IsAhead(backup, StoreDamage.Find(paths) is not null)))
            return WithDocument(Alone(backup));
        if (!journals && backup is null && !StoreFile.IsThere(paths.Backup))
        {
            if (_reading.IsBusy)
                throw new TaskLockingException(new Refusal(RefusalCode.StoreUnavailable, $"'{paths.Document}' cannot be read: {_reading.Fault}. Try again.") { Path = paths.Document });
            if (_reading.Bytes is not { } bytes)
                return new StoreImage(new BoardState());
            if ((Document ?? TodoDocument.Begin(DocumentText.ToUtf8(bytes))) is { } first)
                return new StoreImage(new BoardState(first)) { DocumentStamp = _reading.Stamp };
            throw NoBeginning();
        }
        throw Corrupt();
    }

    private StoreImage WithDocument(StoreImage image)
    {
        (image.DocumentFault, image.IsDocumentBusy) = (_reading.Fault, _reading.IsBusy);
        image.DocumentStamp = _reading.Stamp;
        if (Document is null)
            return image;
        // Asked last: whoever begins the store tells it before the backup, and whoever published meanwhile has changed the document.
        if (_reading.Stamp is { } stamp && PublishedStamp.VersionOf(paths, stamp) is { } version)
            image.PublishedVersion = version;
        else
            image.Foreign = Document;
        return image;
    }

    private static TodoDocument? ReadBackup(StorePaths paths)
    {
        try
        {
            return FileBytes.TryReadAll(paths.Backup) is { } bytes && TodoDocument.Parse(bytes) is { Mark: not null, IsWhole: true } backup ? backup : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static StoreImage? Continue(StorePaths paths, TodoDocument document, long untilVersion = long.MaxValue, EarlierStates? earlier = null)
    {
        var mark = document.Mark!;
        if (JournalFile.Open(paths, mark.Journal) is not { } journal)
            return null;
        if (!journal.LeadsTo(mark))
        {
            journal.Dispose();
            return null;
        }
        var image = new StoreImage(new BoardState(document) { Version = mark.Version }) { Journal = journal, Offset = mark.Offset, Chain = mark.Chain };
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
        if (journal.BeginsEmpty && image.FollowToEnd(paths) && image.State.Version > 0)
            return image;
        image.Dispose();
        return null;
    }

    private StoreImage Alone(TodoDocument document) =>
        new(new BoardState(document) { Version = document.Mark!.Version }) { DocumentStamp = _reading.Stamp };

    // A whole document that reaches to the end of a damaged journal has everything that the journal had.
    private bool IsAhead(TodoDocument document, bool orLevel)
    {
        var mark = document.Mark!;
        using var journal = JournalFile.Open(paths, mark.Journal);
        return journal is null
            ? orLevel && EndsAt(mark)
            : journal.Epoch == mark.Epoch && journal.LengthIfAtPath() < mark.Offset + (orLevel ? 1 : 0);
    }

    // Where even the header is damaged, the checksum of the last line tells that it is the mark's journal.
    private bool EndsAt(DocumentMark mark) =>
        FileBytes.TryReadAll(paths.Journal(mark.Journal)) is { Length: > JournalLine.TailLength } bytes && bytes.Length == mark.Offset &&
        JournalLine.HasFrame(bytes) && JournalLine.TryReadHex(bytes.AsSpan(bytes.Length - JournalLine.TailLength + 6, 8), out var chain) && chain == mark.Chain;

    private static bool HoldsCommits(string path)
    {
        var bytes = FileBytes.TryReadAll(path) ?? [];
        var header = Array.IndexOf(bytes, (byte)'\n') + 1;
        return header > 0 && Array.IndexOf(bytes, (byte)'\n', header) > 0;
    }

    private TaskLockingException Corrupt()
    {
        var damage = StoreDamage.Find(paths);
        return new(new Refusal(RefusalCode.StateCorrupt,
            $"The state in '{paths.Folder}' cannot be read: {(damage is null ? "" : $"'{damage.Path}' is damaged at byte {damage.Place}, ")}state.todo2.json {Describe()}, " +
            $"and {(damage is null ? "neither state.todo2.json.bak nor the journal leads" : "nothing else leads")} to a whole state. " +
            "Nothing was changed. Put a whole copy of the folder .todo2 back, or move 'journal' and 'state.todo2.json.bak' away to begin with the document as it stands.")
        { Path = damage?.Path ?? paths.Document });
    }

    // There is no store yet, and what stands in the document's place may be another program's.
    private TaskLockingException NoBeginning() => new(new Refusal(RefusalCode.StateCorrupt,
        $"'{paths.Document}' is not a Todo2 document ({_reading.Fault}), and there is neither backup nor journal to recover one from. Nothing was changed. " +
        "Move it away to begin with no tasks, or put a whole copy in its place.")
    { Path = paths.Document });

    private string Describe() => _reading switch
    {
        { Fault: { } fault } => $"is not a Todo2 document ({fault})",
        { Bytes: null } => "is missing",
        { IsOurs: true } => "is whole but older, or does not fit the journal",
        _ => "was written by somebody else",
    };
}
