using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using TaskLocking.Locking;
using TaskLocking.Todo2;
using TaskLocking.Workspaces;

namespace TaskLocking.FileStore;

/// <summary>
/// What the journals of a folder hold, file by file, whether anything leads to them or not: for the way out, when nothing whole is found by
/// the ordinary way. Reads everything, and believes only what is verified: a journal of the right length whose end is zeros is a short one.
/// </summary>
internal sealed class JournalSurvey
{
    // What is read in one piece, and looked at behind the last whole line.
    private const int Piece = 4 << 20;
    private const int LongestLine = 1 << 30;

    private readonly List<Held> _journals;

    private JournalSurvey(StorePaths paths) => _journals =
    [
        .. JournalNames.In(paths.Journals).Select(sequence => Look(sequence, paths.Journal(sequence))),
        .. JournalNames.In(paths.Journals, JournalNames.Ended).Select(sequence => Look(sequence, paths.Ended(sequence))),
    ];

    // What one file holds: of which history, where its whole lines end, the last version among them, whether what follows was whole once.
    private sealed record Held(long Sequence, string Path, string? Epoch, long End, long LastVersion, bool IsDamaged)
    {
        public bool HasCommits => LastVersion > 0 || IsDamaged;
    }

    /// <summary>Looks at all of them.</summary>
    public static JournalSurvey Of(StorePaths paths) => new(paths);

    /// <summary>Whether there are commits, be they whole or damaged.</summary>
    public bool HasCommits => _journals.Exists(journal => journal.HasCommits);

    /// <summary>The last version that a whole line has; 0 without any.</summary>
    public long LastVersion => _journals.Count == 0 ? 0 : _journals.Max(journal => journal.LastVersion);

    /// <summary>The first place where a journal is not as it was written; null if each is whole, or torn as a crash leaves it.</summary>
    public (string Path, long Place)? Damage
    {
        get
        {
            var found = _journals.Where(journal => journal.IsDamaged).OrderBy(journal => journal.Sequence).FirstOrDefault();
            return found is null ? null : (found.Path, found.End);
        }
    }

    /// <summary>Whether no journal holds a commit that the document does not show: then the document is the newest there is.</summary>
    public bool IsShownBy(DocumentMark mark) => _journals.TrueForAll(journal => IsShownBy(mark, journal));

    private static bool IsShownBy(DocumentMark mark, Held journal)
    {
        var isRetired = Path.GetExtension(journal.Path) == JournalNames.Ended;
        if (!isRetired && journal.HasCommits && (journal.Epoch ?? mark.Epoch) != mark.Epoch)
            return false;
        if (journal.Sequence == mark.Journal)
            return !HoldsMore(journal.Path, mark.Offset);
        return journal.Sequence < mark.Journal || (!journal.IsDamaged && journal.LastVersion <= mark.Version);
    }

    // Behind the place that a mark names whole lines are commits, and bytes that were whole once may have been.
    private static bool HoldsMore(string path, long offset)
    {
        using var file = StoreFile.TryOpen(path, FileAccess.Read);
        return file is not null && TornTail.IsDamage(Read(file, offset, Piece), offset);
    }

    private static Held Look(long sequence, string path)
    {
        using var file = StoreFile.TryOpen(path, FileAccess.Read);
        long start = 0, last = 0;
        uint chain = 0;
        var piece = Piece;
        string? epoch = null;
        while (file is not null)
        {
            var bytes = Read(file, start, piece);
            epoch ??= start == 0 ? JournalHeader.Parse(bytes)?.Epoch : null;
            var taken = Take(bytes, ref chain, ref last);
            start += taken;
            var rest = bytes.AsSpan(taken);
            var isMore = bytes.Length == piece && (rest.IsEmpty || (rest[0] == '{' && rest.IndexOf((byte)'\n') < 0 && piece < LongestLine));
            if (!isMore)
                return new Held(sequence, path, epoch, start, last, TornTail.IsDamage(rest, start));
            piece = taken == 0 ? piece * 4 : Piece;
        }
        return new Held(sequence, path, null, 0, 0, IsDamaged: false);
    }

    // Goes over the whole lines; gives how many bytes they are.
    private static int Take(byte[] bytes, ref uint chain, ref long last)
    {
        var start = 0;
        while (true)
        {
            var end = Array.IndexOf(bytes, (byte)'\n', start) + 1;
            if (end <= 0 || !JournalLine.Verify(bytes.AsSpan(start, end - start), ref chain))
                return start;
            last = Math.Max(last, JournalLine.Number(bytes.AsSpan(start, end - start), "v"u8) ?? 0);
            start = end;
        }
    }

    private static byte[] Read(FileStream file, long offset, int count)
    {
        try
        {
            return FileBytes.Read(file, file.SafeFileHandle, offset, (int)Math.Min(count, Math.Max(file.Length - offset, 0)));
        }
        catch (IOException exception)
        {
            throw IoRefusal.From(exception, file.Name);
        }
    }
}
