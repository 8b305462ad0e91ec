using System;
using System.IO;
using System.Linq;
using TaskLocking.Board;
using TaskLocking.Faults;
using TaskLocking.Locking;
using TaskLocking.Model;
using TaskLocking.Todo2;
using TaskLocking.Workspaces;

namespace TaskLocking.FileStore;

/// <summary>
/// What is done to the files under the state lock: catch up, repair, adopt, append. One thread at a time, by the lock. Before
/// an append returns nothing is promised; after it the line must be flushed before anybody is told.
/// </summary>
internal sealed class StoreWriter(StorePaths paths, TimeProvider clock, StoreNotices notices)
{
    // What is longer is no line that a crash tore, and is not copied either.
    private const int LongestTail = 64 << 20;

    private readonly StoreBeginning _beginning = new(paths, clock, notices);
    private readonly FileArchive _archive = new(paths);
    private (string? Epoch, long Version) _remembered;

    public DocumentNotices Notices { get; } = new(paths, notices);

    /// <summary>How many todos of others were taken over, and the files kept aside, since the store was opened.</summary>
    public int Adopted { get; private set; }

    public System.Collections.Generic.List<string> KeptAside { get; } = [];

    /// <summary>Brings the image to the newest state, ready to append to. The image that is given may be replaced by a new one.</summary>
    public StoreImage CatchUp(StoreImage? image)
    {
        if (image is { IsUnvouched: true })
            image.IsUnvouched = !PublishedStamp.Vouches(paths, image.DocumentStamp, image.PublishedVersion);
        if (image is not null && TryCatchUp(image))
            return image;
        image = Newest(image);
        if (image.NeedsJournal)
            Begin(image);
        else if (!image.MustBegin && image.Offset == image.Journal!.HeaderEnd)
            ConfirmNames(image.Journal);
        CheckDocument(image);
        if (image.MustBegin)
            Begin(image);
        return image;
    }

    /// <summary>
    /// A catch-up as it mostly is: others have appended and published, and that was all. Changes nothing but the image, with or without the
    /// lock; false where there is more to do.
    /// </summary>
    public bool TryCatchUp(StoreImage image)
    {
        if (image.MustBegin || image.Follow(paths) != FileStore.CatchUp.Current || image.Offset == image.Journal!.HeaderEnd ||
            IsRestored(image) || image.Journal.HasEnded())
        {
            return false;
        }
        Remember(image);
        var stamp = FileStamp.Of(paths.Document);
        return IsDocumentKnown(image, stamp) || IsPublished(image, stamp);
    }

    /// <summary>
    /// Appends a line that was written for exactly the next version. Its flush, and <see cref="BoardState.Apply"/>, are the caller's: both
    /// can be done after the lock is freed.
    /// </summary>
    public static void Append(StoreImage image, ByteBuffer line)
    {
        StoreLife.RefuseEnd(image.State.Version, image.Journal!.Path);
        var chain = JournalLine.Seal(line, image.Chain);
        Failpoint.Hit("commit.before-append");
        image.Journal!.Append(line.Written, image.Offset);
        Failpoint.Hit("commit.after-append");
        image.Offset += line.Length;
        image.Chain = chain;
    }

    /// <summary>
    /// Ends the journal: everybody goes on in <paramref name="next"/>. The sealed one is durable before the lock is freed.
    /// </summary>
    /// <exception cref="TaskLockingException">What the system said; the journal has ended without the other.</exception>
    public static void Seal(StoreImage image, JournalFile next)
    {
        var line = new ByteBuffer(96);
        line.Write($"{{\"seal\":{next.Sequence},\"v\":{image.State.Version}");
        JournalLine.Seal(line, image.Chain);
        Failpoint.Hit("checkpoint.before-seal");
        var journal = image.Journal!;
        journal.Announce();
        journal.Append(line.Written, image.Offset);
        try
        {
            journal.Flush();
        }
        catch (IOException exception)
        {
            throw IoRefusal.From(exception, journal.Path);
        }
        journal.Settle();
        journal.EndGroup();
        Failpoint.Hit("checkpoint.after-seal");
        image.Continue(next);
    }

    /// <summary>The state with what the next commit will adopt; nothing is written.</summary>
    public StateSnapshot Preview(StoreImage image, TodoDocument foreign)
    {
        var merge = Merge(image, foreign, out _);
        Notices.Tell(merge.Findings);
        var state = image.State.Clone();
        if (merge.Operations.Length > 0)
        {
            var line = JournalLine.Of(state.Version, merge.Operations, clock.GetUtcNow(), "");
            JournalLine.Seal(line, 0);
            state.Apply(line.WrittenMemory);
        }
        return state.Snapshot();
    }

    /// <summary>To be called with every image before it is given up: its version must not be handed out again.</summary>
    public void Remember(StoreImage image)
    {
        // What others restored is older than what was handed out, until a catch-up has skipped that.
        if (!image.NeedsJournal
            && (_remembered.Epoch is null || (image.Epoch == _remembered.Epoch && image.State.Version > _remembered.Version)))
            _remembered = (image.Epoch, image.State.Version);
    }

    private StoreImage Newest(StoreImage? image)
    {
        // What was found without the lock to be put back may have been published in between; and where a journal has got its last name,
        // somebody has begun the next one, of which who read the backup before that knows nothing.
        if (image is null or { NeedsJournal: true } or { IsPutBack: true } or { Journal.IsRetired: true } ||
            image.Follow(paths) != FileStore.CatchUp.Current)
        {
            if (image is not null)
                Remember(image);
            image?.GiveUp();
            image = StoreLoader.Load(paths);
            image.HasEnded |= image.Journal?.HasEnded() == true;
            if (image is { Journal: not null, HasEnded: false } && image.Follow(paths) == FileStore.CatchUp.Torn)
                CutOrLeave(image);
        }
        image.HasEnded |= image.Journal?.HasEnded() == true;
        // Older than what was handed out, of this history or of another: versions go on above that in a life of their own. In a journal
        // that is there they would go on where it ends.
        if (IsRestored(image) && image.State.Version < _remembered.Version)
        {
            image.PutBack ??= $"this process has seen version {_remembered.Version}";
            image.State.JumpTo(_remembered.Version + StoreLife.Skip);
        }
        if (!image.NeedsJournal)
            _remembered = (image.Epoch, image.State.Version);
        return image;
    }

    // Whether it is older than what was handed out, or another history.
    private bool IsRestored(StoreImage image) =>
        _remembered.Epoch is { } epoch && (image.Epoch != epoch || image.State.Version < _remembered.Version);

    private void CutOrLeave(StoreImage image)
    {
        var journal = image.Journal!;
        var length = journal.LengthIfAtPath();
        if (PlantedBug.KeepTornTail)
            image.Offset = length;
        else if (length - image.Offset > LongestTail)
            image.HasEnded = true; // It stays whole, where it is, and another takes its place.
        else
            Cut(image, journal.Read(image.Offset, length));
    }

    private void Cut(StoreImage image, byte[] tail)
    {
        var journal = image.Journal!;
        var kept = AsideFiles.Keep(paths, Path.GetFileName(journal.Path) + ".tail", tail, clock.GetUtcNow());
        KeptAside.Add(kept);
        Notices.Cut(journal.Path, tail.Length, kept);
        Failpoint.Hit("recover.before-cut");
        journal.Cut(image.Offset);
    }

    private void Begin(StoreImage image)
    {
        _beginning.Run(image);
        _remembered = (image.Epoch, image.State.Version);
    }

    // Who began it may have been killed when others saw it and before its names were sure to last. Whoever writes first sees to that.
    private void ConfirmNames(JournalFile journal)
    {
        try
        {
            PlatformFile.FlushFolder(paths.Journals);
            PlatformFile.FlushFolder(paths.Folder);
        }
        catch (TaskLockingException)
        {
            journal.Fail();
            throw;
        }
    }

    /// <summary>What a document of the image's version shows.</summary>
    public DocumentView ViewOf(StoreImage image) => new(image, clock);

    private void CheckDocument(StoreImage image)
    {
        var stamp = FileStamp.Of(paths.Document);
        if (IsDocumentKnown(image, stamp) || IsPublished(image, stamp))
            return;
        image.PublishedVersion = -1;
        var reading = DocumentReading.Of(paths);
        (image.DocumentFault, image.IsDocumentBusy) = (reading.Fault, reading.IsBusy);
        if (reading.Fault is not null)
        {
            if (reading.IsBusy || DocumentInMaking.Is(paths))
                return;
            PutAside(reading);
        }
        var version = StoreLoader.VersionOf(paths, image.Epoch, reading);
        var isTheirs = version is null;
        if (isTheirs && reading.Document is { } foreign)
        {
            // A document that is ahead of the journal has given out versions that must not come again.
            if (foreign.Mark is { } mark && mark.Epoch == image.Epoch && SkippedVersions.UpTo(image.State, mark.Version))
                image.PutBack ??= $"'{paths.Document}' shows version {mark.Version}";
            version = Adopt(image, foreign);
        }
        image.DocumentStamp = reading.Stamp;
        image.Foreign = null;
        image.DocumentFault = null;
        // The file shows no more than what its writer started from. Whoever writes it next without our mark starts from that too: what was
        // committed since is missing there because he never saw it, not because he removed it.
        if (reading is { Stamp: { } known, Fault: null })
            new PublishedStamp(version ?? 0, known) { IsLess = isTheirs }.Write(paths);
    }

    /// <summary>What somebody wrote into a file whose place a newer document had just taken.</summary>
    /// <param name="image">What we have.</param>
    /// <param name="reading">What he wrote.</param>
    /// <param name="shown">The version that the file showed before.</param>
    public void TakeOver(StoreImage image, DocumentReading reading, long shown)
    {
        if (reading.Fault is not null)
            PutAside(reading);
        else if (StoreLoader.VersionOf(paths, image.Epoch, reading) is null)
            _ = Adopt(image, reading.Document!, shown);
    }

    private void PutAside(DocumentReading reading)
    {
        var kept = AsideFiles.Keep(paths, "state.todo2.json.broken", reading.Bytes!, clock.GetUtcNow());
        KeptAside.Add(kept);
        Notices.PutAside(reading.Fault!, kept);
    }

    /// <summary>To be called before a commit is decided: its version is above all that may have been given out.</summary>
    public void PassBy(StoreImage image)
    {
        if (image.IsUnvouched)
            image.State.JumpTo(StoreLife.GoOn(image.State.Version, clock.GetUtcNow()));
        image.IsUnvouched = false;
    }

    /// <summary>Whether the document's file is as one of us published or left it; the image then knows it.</summary>
    public bool IsPublished(StoreImage image, FileStamp? stamp)
    {
        if (stamp is not { } named || image.IsDocumentBroken || PublishedStamp.ShownBy(paths, named) is not { } published)
            return false;
        image.DocumentStamp = stamp;
        image.PublishedVersion = published;
        image.Foreign = null;
        return true;
    }

    /// <summary>
    /// Whether the document is not the one that the image goes by. Where it was removed, what somebody had written into it counts no
    /// longer.
    /// </summary>
    public bool IsDocumentForeign(StoreImage image)
    {
        var stamp = FileStamp.Of(paths.Document);
        if (IsDocumentKnown(image, stamp) || IsPublished(image, stamp))
            return false;
        return stamp is null ? image.Foreign is not null || image.IsDocumentBroken : stamp != image.DocumentStamp;
    }

    /// <summary>Whether the document's file is the one that the image knows, with nothing left to do about it.</summary>
    public static bool IsDocumentKnown(StoreImage image, FileStamp? stamp) =>
        stamp == image.DocumentStamp && image.Foreign is null && !image.IsDocumentBroken;

    // The version that its writer started from.
    private long Adopt(StoreImage image, TodoDocument foreign, long? shown = null)
    {
        var merge = Merge(image, foreign, out var start, shown);
        string? kept = null;
        if (merge.Lost.Length > 0)
            KeptAside.Add(kept = AsideFiles.Keep(paths, "todos.json", merge.Lost, clock.GetUtcNow()));
        Notices.Tell(merge.Findings, kept);
        // What they started from is found in what the journals lead to now, and goes with them.
        if (image.MustBegin)
            Begin(image);
        if (merge.Operations.Length > 0)
        {
            PassBy(image);
            _ = SkippedVersions.UpTo(image.State, merge.HighestVersion);
            var line = JournalLine.Of(image.State.Version + 1, merge.Operations, clock.GetUtcNow(), EarlierStates.Others);
            Append(image, line);
            image.State.Apply(line.WrittenMemory);
            Adopted += merge.Adopted;
            Failpoint.Hit("adopt.after-append");
        }
        return start.Version;
    }

    /// <summary>What a foreign document means for the state; changes nothing.</summary>
    /// <param name="image">What we have.</param>
    /// <param name="foreign">What they wrote.</param>
    /// <param name="start">What they started from.</param>
    /// <param name="shown">The version that they found, where that is not the one that was published last.</param>
    public ForeignMerge Merge(StoreImage image, TodoDocument foreign, out MergeBase start, long? shown = null)
    {
        var merge = new ForeignMerge(image.State, foreign, _archive);
        var earlier = new EarlierStates(merge.Differing());
        // Whoever kept our mark tells which version he started from. Else it was what we last published, or the one before, where somebody
        // was killed between the two.
        var isOfThisStore = foreign.Mark?.Epoch == image.Epoch;
        if (isOfThisStore && StoreLoader.Reconstruct(paths, foreign.Mark!, earlier) is { } exact)
        {
            start = new MergeBase(exact, foreign.Mark!.Version, IsExact: true, IsOfThisStore: true, earlier);
            return merge.Run(start);
        }
        var last = PublishedStamp.Read(paths);
        var published = shown is >= 0 ? shown.Value : (last?.Replaces ?? last)?.Version ?? 0;
        var version = isOfThisStore && foreign.Mark!.Version < published ? foreign.Mark.Version : published;
        // Backup and journal lead no further back than the backup: then this is later than what they saw.
        start = new MergeBase(StoreLoader.Reconstruct(paths, version, earlier), version, IsExact: false, isOfThisStore, earlier);
        return merge.Run(start);
    }
}
