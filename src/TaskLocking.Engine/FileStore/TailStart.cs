using System.Collections.Generic;
using System.Linq;
using TaskLocking.Board;
using TaskLocking.Todo2;
using TaskLocking.Workspaces;

namespace TaskLocking.FileStore;

/// <summary>Finds in the journals of a folder where the commits behind a version begin.</summary>
/// <remarks>
/// A version that was given out once is not given out again, whatever becomes of a store. So who names one that stands in a line that leads
/// to the newest one has seen all before it; any other he has from a state that is no more, or that is not kept any longer.
/// </remarks>
/// <param name="paths">Where.</param>
/// <param name="epoch">The history.</param>
/// <param name="last">The number of the journal that is appended to.</param>
internal sealed class TailStart(StorePaths paths, string epoch, long last)
{
    private readonly List<long> _sequences =
    [
        .. JournalNames.In(paths.Journals).Concat(JournalNames.In(paths.Journals, JournalNames.Ended)).Distinct()
            .Where(sequence => sequence <= last).OrderBy(sequence => sequence),
    ];

    /// <summary>Before the first line behind the version; null where that is not kept.</summary>
    /// <param name="after">The version, or <see cref="TailVersion.Oldest"/>.</param>
    /// <param name="known">The version that it is behind.</param>
    public JournalCursor? Find(long after, out long known)
    {
        known = after;
        for (var cursor = OpenAfter(0); cursor is not null; cursor = Next(cursor))
        {
            while (true)
            {
                var (offset, chain) = (cursor.Offset, cursor.Chain);
                if (!cursor.TryNext(out var line))
                    break;
                var version = JournalLine.Number(line.Span, "v"u8) ?? 0;
                if (version == after)
                    return cursor;
                if (version < after)
                    continue;
                var isBehind = after == TailVersion.Oldest || after == version - 1 || (after == 0 && IsBeginning(cursor, offset));
                known = after == TailVersion.Oldest ? version - 1 : after;
                if (isBehind)
                    cursor.Rewind(offset, chain);
                else
                    cursor.Dispose();
                return isBehind ? cursor : null;
            }
        }
        return null;
    }

    /// <summary>The next journal that has lines of the same history behind one that has ended; null where there is none.</summary>
    public JournalCursor? OpenAfter(long sequence)
    {
        foreach (var next in _sequences.Where(next => next > sequence))
        {
            if (Open(next) is { } cursor)
                return cursor;
        }
        return null;
    }

    /// <summary>The journal with this number, if it is of the same history.</summary>
    public JournalCursor? Open(long sequence)
    {
        if (JournalFile.Open(paths, sequence) is not { } journal)
            return null;
        if (journal.Epoch == epoch)
            return new JournalCursor(journal);
        journal.Dispose();
        return null;
    }

    private static bool IsBeginning(JournalCursor cursor, long offset) =>
        cursor.Journal.Header.BeginsEmpty && offset == cursor.Journal.HeaderEnd;

    // Where no seal leads on, the journal has ended without one, or is one that nothing ever led to and that has no line.
    private JournalCursor? Next(JournalCursor cursor)
    {
        using (cursor)
            return cursor.SealNames is { } named ? Open(named) : OpenAfter(cursor.Journal.Sequence);
    }
}
