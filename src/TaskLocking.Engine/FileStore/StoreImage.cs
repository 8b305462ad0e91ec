using System;
using System.Text.Json;
using TaskLocking.Board;
using TaskLocking.Locking;
using TaskLocking.Model;
using TaskLocking.Todo2;
using TaskLocking.Workspaces;

namespace TaskLocking.FileStore;

/// <summary>
/// The store in memory: the state, and where in which journal it was read to. Not thread-safe: the store guards it.
/// </summary>
internal sealed class StoreImage(BoardState state) : IDisposable
{
    // What is read of a journal in one piece, and the most of it that may be one line.
    private const long AtOnce = 4 << 20;
    private const long LongestLine = 1 << 30;

    // So often nobody cuts it while it is read once.
    private const int MostShortened = 1000;

    private long _sealNames;

    private enum Line
    {
        None,
        Torn,
        Seal,
        TooNew,
    }

    public BoardState State { get; } = state;

    /// <summary>The journal that is read and appended to; null as long as the folder has none.</summary>
    public JournalFile? Journal { get; set; }

    /// <summary>Where the next line begins.</summary>
    public long Offset { get; set; }

    /// <summary>The checksum that the next line starts from.</summary>
    public uint Chain { get; set; }

    /// <summary>The document as it was when it was last known to be ours or adopted; null if there was none.</summary>
    public FileStamp? DocumentStamp { get; set; }

    /// <summary>The version that the document shows; -1 if it has to be written in any case.</summary>
    public long PublishedVersion { get; set; } = -1;

    /// <summary>What somebody else wrote into the document and nobody has adopted yet.</summary>
    public TodoDocument? Foreign { get; set; }

    /// <summary>Why what is there in the document's place is no document; null if it is one, or nothing is there.</summary>
    public string? DocumentFault { get; set; }

    /// <summary>Another program has it to itself: what it is cannot be told.</summary>
    public bool IsDocumentBusy { get; set; }

    public bool IsDocumentBroken => DocumentFault is not null;

    /// <summary>Behind the last whole line stands one that a crash tore, or that is being written.</summary>
    public bool IsTorn { get; set; }

    /// <summary>Sees each line that was read, once it is applied; for looking back.</summary>
    public Action<ReadOnlyMemory<byte>>? Applied { get; set; }

    /// <summary>A journal on the way here has ended without a seal that counts.</summary>
    public bool HasEnded { get; set; }

    /// <summary>
    /// By what it is seen that the files are a copy, or were put back to an earlier state: versions were given out, and tokens, of which
    /// they know nothing. Null if nothing tells so; empty where that needs no words.
    /// </summary>
    public string? PutBack { get; set; }

    public bool IsPutBack => PutBack is not null;

    /// <summary>
    /// Nothing tells whether the files were put back to an earlier state: what is committed next goes above every version that may have
    /// been given out, in the journal that is there.
    /// </summary>
    public bool IsUnvouched { get; set; }

    /// <summary>There is no journal to read on in.</summary>
    public bool NeedsJournal => Journal is null;

    /// <summary>Nobody may append here: a new journal must begin before the next commit.</summary>
    public bool MustBegin => Journal is null || HasEnded || IsPutBack || Journal.HasFailed;

    public string Epoch => Journal?.Epoch ?? "";

    public DocumentMark Mark => new(Epoch, State.Version, Journal!.Sequence, Offset, Chain) { Records = State.Records };

    /// <summary>
    /// Reads what others have appended, seals included. Stops before the first line that is not whole, and tells whether that is the end
    /// that a crash leaves. Safe without a lock.
    /// </summary>
    public CatchUp Follow(StorePaths paths, long untilVersion = long.MaxValue)
    {
        var length = -1L;
        var atOnce = AtOnce;
        var shortened = 0;
        while (true)
        {
            if (Journal is null)
                return CatchUp.Lost;
            // Up to what was there when it was asked for: who chases what others append meanwhile may never arrive.
            if (length < 0)
                length = Journal.LengthIfAtPath();
            if (length < Offset || (length == Offset && !EndsAsRead()))
                return CatchUp.Lost;
            if (length == Offset)
                return CatchUp.Current;
            var (start, end) = (Offset, Math.Min(length, Offset + atOnce));
            var bytes = Journal.Read(start, end);
            if (bytes.Length < end - start)
                (length, end) = (-1, start + bytes.Length); // Somebody cut it meanwhile.
            if (length < 0 && ++shortened > MostShortened)
                throw IoRefusal.Unreadable(Journal.Path, Offset);
            switch (Take(bytes, untilVersion))
            {
                case Line.Torn when end < length && IsBeginning(bytes.AsSpan((int)(Offset - start))):
                    atOnce = Offset == start ? atOnce * 4 : AtOnce;
                    break;
                case Line.Torn:
                    return TornTail.IsDamage(bytes.AsSpan((int)(Offset - start)), Offset) ? CatchUp.Damaged : CatchUp.Torn;
                case Line.TooNew:
                    return CatchUp.Current;
                case Line.Seal:
                    if (JournalFile.Open(paths, _sealNames) is not { } following || following.Epoch != Epoch)
                        return CatchUp.Lost;
                    HasEnded |= !IsSealedForGood(Journal);
                    Journal.EndGroup();
                    Continue(following);
                    length = -1;
                    break;
            }
        }
    }

    /// <summary>
    /// The same under the lock, where the journal's name is known to mean the open file: the last line that was read must still end where
    /// it did, and what follows must be whole lines. False at anything else, which <see cref="Follow"/> then has to look at.
    /// </summary>
    public bool TryFollowOpen()
    {
        if (Journal is null || Offset == Journal.HeaderEnd)
            return false;
        var bytes = Journal.ReadSome(Offset - JournalLine.TailLength);
        // Where as much was read as there is room for, there may be more.
        return bytes.Length is >= JournalLine.TailLength and < JournalFile.SomeLines
            && JournalLine.IsTail(bytes.Span[..JournalLine.TailLength], Chain) &&
            Take(bytes[JournalLine.TailLength..], long.MaxValue) == Line.None;
    }

    /// <summary>Reads to the end, or to a torn line; false if neither was reached.</summary>
    public bool FollowToEnd(StorePaths paths, long untilVersion = long.MaxValue)
    {
        var reached = Follow(paths, untilVersion);
        IsTorn = reached == CatchUp.Torn;
        return IsTorn || reached == CatchUp.Current;
    }

    /// <summary>
    /// Reads what others have appended to the open journal, as far as that is quickly done: neither its name is looked at nor a seal
    /// followed. For decisions that are judged again under the lock, where <see cref="Follow"/> comes first. True if there was anything.
    /// </summary>
    public bool Peek()
    {
        if (Journal?.ReadSome(Offset) is not { IsEmpty: false } bytes)
            return false;
        _ = Take(bytes, long.MaxValue);
        return true;
    }

    /// <summary>
    /// Does with a line all that is done with one that another process appended, and gives the state that it would lead to.
    /// </summary>
    public BoardState Rehearse(ReadOnlyMemory<byte> line)
    {
        var copy = new StoreImage(State.Clone()) { Offset = Offset, Chain = Chain };
        _ = copy.Take(line, long.MaxValue);
        return copy.State;
    }

    // Up to the first line that is not like the others, and what that one is.
    private Line Take(ReadOnlyMemory<byte> bytes, long untilVersion)
    {
        for (var start = 0; ;)
        {
            var end = start + bytes.Span[start..].IndexOf((byte)'\n') + 1;
            if (end == start)
                return start == bytes.Length ? Line.None : Line.Torn;
            var chain = Chain;
            var line = bytes[start..end];
            if (!JournalLine.Verify(line.Span, ref chain))
                return Line.Torn;
            if (line.Span.StartsWith("{\"seal\":"u8))
            {
                _sealNames = JournalLine.Number(line.Span, "seal"u8) ?? 0;
                return Line.Seal;
            }
            if (untilVersion != long.MaxValue && JournalLine.Number(line.Span, "v"u8) > untilVersion)
                return Line.TooNew;
            Apply(line);
            Applied?.Invoke(line);
            Offset += line.Length;
            Chain = chain;
            start = end;
        }
    }

    // Whoever can write a whole line can write one that nobody understands: refused by its place, as damage is.
    private void Apply(ReadOnlyMemory<byte> line)
    {
        try
        {
            State.Apply(line);
            if (State.Version is >= 0 and <= StoreLife.HighestVersion)
                return;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or ArgumentException)
        {
            System.Diagnostics.Debug.WriteLine(exception);
        }
        throw new TaskLockingException(new Refusal(RefusalCode.StateCorrupt,
            $"'{Journal?.Path}' has a line at byte {Offset} that is whole and cannot be understood. Nothing was changed. " +
            "Put a whole copy of the folder .todo2 back.")
        { Path = Journal?.Path });
    }

    private static bool IsBeginning(ReadOnlySpan<byte> rest) => rest.Length < LongestLine && rest[0] == '{' && rest.IndexOf((byte)'\n') < 0;

    /// <summary>Goes on in another journal, from its beginning.</summary>
    public void Continue(JournalFile journal) => Continue(journal, journal.HeaderEnd, journal.Header.Chain);

    /// <summary>Goes on in another journal, behind a line of it.</summary>
    public void Continue(JournalFile journal, long offset, uint chain)
    {
        Journal?.Dispose();
        (Journal, Offset, Chain) = (journal, offset, chain);
        HasEnded |= journal.IsRetired;
        if (journal.IsCopy)
            PutBack ??= $"'{journal.Path}' is a copy";
    }

    /// <summary>Goes on in a journal that was begun from this state; gives the one before.</summary>
    public JournalFile? Begin(JournalFile journal)
    {
        var last = Journal;
        Journal = null;
        Continue(journal);
        HasEnded = IsTorn = false;
        PutBack = null;
        return last;
    }

    /// <summary>Ends it because something else stands there now. Who still waits for a line in its journal is answered rightly.</summary>
    public void GiveUp()
    {
        Journal?.FlushPending();
        Dispose();
    }

    public void Dispose() => Journal?.Dispose();

    // Whoever writes into the open file, and does not make it shorter, changes what was read of it.
    private bool EndsAsRead() =>
        Journal!.Read(Offset - JournalLine.TailLength, Offset) is { Length: JournalLine.TailLength } tail &&
        JournalLine.IsTail(tail, Chain);

    // Whoever sealed it may not have flushed it yet, and later flushes of ours will not reach it.
    private static bool IsSealedForGood(JournalFile journal)
    {
        try
        {
            journal.Flush();
        }
        catch (System.IO.IOException)
        {
            return false;
        }
        return !journal.HasEnded();
    }
}
