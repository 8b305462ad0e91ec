using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Board;

namespace TaskLocking.PostgreSql;

/// <summary>
/// The newest lines of a board that a relay has, without a gap, with what they changed. Guarded by the gate of the relay's board.
/// </summary>
/// <param name="board">The number of the board.</param>
/// <param name="epoch">The epoch that they were read in.</param>
/// <param name="fromStart">There is nothing before the first of them.</param>
internal sealed class RelayRows(int board, long epoch, bool fromStart)
{
    private const int MostRows = 1 << 14;
    private const int MostText = 16 << 20; // characters

    private readonly List<(JournalRow Row, long[] Keys)> _rows = [];
    private bool _isFromStart = fromStart;
    private long _text;

    public int Board => board;

    public long Epoch => epoch;

    /// <summary>The version of the newest line; 0 where there is none.</summary>
    public long Head => _rows.Count > 0 ? _rows[^1].Row.Version : 0;

    public Guid? HeadCid => _rows.Count > 0 ? _rows[^1].Row.Cid : null;

    /// <summary>All up to this version lasts.</summary>
    public long Durable { get; set; }

    /// <summary>Takes in a line that comes next; one that is there already is passed over.</summary>
    public void Add(JournalRow row, long[] keys)
    {
        if (row.Version <= Head)
            return;
        _rows.Add((row, keys));
        _text += row.Text.Length;
        if (_rows.Count > MostRows || _text > MostText)
            Forget();
    }

    /// <summary>Whether what comes after this line is known; 0 and null: after nothing.</summary>
    public bool Knows(long version, Guid? cid) => version == 0 ? cid is null && _isFromStart
        : At(version) is >= 0 and var at && _rows[at].Row.Cid == cid;

    /// <summary>The lines from a version on, that one first; null where that is not known. After 0: from the first on.</summary>
    public List<JournalRow>? From(long version, int atMost)
    {
        var at = version == 0 && _isFromStart ? 0 : At(version);
        return at < 0 ? null : [.. _rows.Skip(at).Take(atMost).Select(each => each.Row)];
    }

    /// <summary>The lines behind a version, which is known, up to another.</summary>
    public IEnumerable<JournalRow> Between(long version, long last) =>
        Behind(version).Select(each => each.Row).TakeWhile(row => row.Version <= last);

    /// <summary>Whether a line behind a version, which is known, voids what was decided there.</summary>
    public bool Voids(long version, IReadOnlyList<CommitLine> lines)
    {
        if (version == Head)
            return false;
        if (lines.Any(line => line.Keys.Reads is null))
            return true;
        var reads = lines.SelectMany(line => line.Keys.Reads!).ToHashSet();
        return Behind(version).Any(each => reads.Overlaps(each.Keys));
    }

    private IEnumerable<(JournalRow Row, long[] Keys)> Behind(long version) => _rows.Skip(version == 0 ? 0 : At(version) + 1);

    private int At(long version)
    {
        var (low, high) = (0, _rows.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (_rows[middle].Row.Version == version)
                return middle;
            if (_rows[middle].Row.Version < version)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return -1;
    }

    private void Forget()
    {
        var count = Math.Max(1, _rows.Count / 2);
        _text -= _rows.Take(count).Sum(each => (long)each.Row.Text.Length);
        _rows.RemoveRange(0, count);
        _isFromStart = false;
    }

    /// <summary>
    /// What is behind the newest line that a call was decided on, with what it wrote itself; null where not all of that is known.
    /// </summary>
    public static List<(JournalRow Row, long[] Keys)>? After(CommitRequest request, CommitAnswer answer)
    {
        if (!answer.IsOk || (answer.Base > request.Expected && (answer.Tail.Count == 0 || answer.Tail[^1].Version < answer.Base)))
            return null;
        List<(JournalRow, long[])> after = [.. answer.Tail.Select(row => (row, (long[])[]))];
        for (var at = 0; at < request.Lines.Count; at++)
        {
            if (answer.Versions[at] is { } version && version > answer.Base)
                after.Add((new JournalRow(version, request.Lines[at].Cid, request.Lines[at].Text), [.. request.Lines[at].Keys.Writes]));
        }
        return after;
    }
}
