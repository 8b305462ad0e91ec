using System;
using TaskLocking.Board;

namespace TaskLocking.PostgreSql;

/// <summary>The board in memory, up to a line of the journal. Guarded by the gate of its log.</summary>
/// <param name="id">The number of the board in the database.</param>
/// <param name="epoch">The epoch that it was read in.</param>
/// <param name="state">At the version of a document, or empty.</param>
internal sealed class BoardCopy(int id, long epoch, BoardState state)
{
    public int Id => id;

    public long Epoch => epoch;

    public BoardState State => state;

    /// <summary>The version of the document that it began with; 0 if it began with none.</summary>
    public long Began { get; private set; } = state.Version;

    /// <summary>So many characters of lines were read since.</summary>
    public long Read { get; private set; }

    /// <summary>The version up to which lines were taken in; 0 at the beginning.</summary>
    public long Version { get; private set; }

    /// <summary>Of the line of that version; null at 0.</summary>
    public Guid? Cid { get; private set; }

    /// <summary>Takes in a line that comes after what is there; one that is there already is passed over.</summary>
    public void Apply(JournalRow row)
    {
        if (row.Version <= Version)
            return;
        // Versions are passed over where the database is another one; who remembers one from before finds it nowhere.
        if (row.Version > Version + 1)
            state.JumpTo(row.Version - 1);
        state.Apply(BoardLine.Of(row.Version, row.Text));
        Read += row.Text.Length;
        At(row.Version, row.Cid);
    }

    /// <summary>
    /// Takes in what came; false where it belongs to another life of the database: the line that is known is not there, or another.
    /// </summary>
    public bool Take(JournalPage page)
    {
        if (page.Epoch != Epoch || (Cid is { } cid && (page.Rows.Count == 0 || page.Rows[0].Cid != cid || page.Rows[0].Version > Version)))
            return false;
        foreach (var row in page.Rows)
            Apply(row);
        return true;
    }

    /// <summary>The database has a document of this very version.</summary>
    public void Saved() => (Began, Read) = (Version, 0);

    /// <summary>The state was brought to a line by whoever wrote that, or by a document.</summary>
    public void At(long version, Guid cid) => (Version, Cid) = (version, cid);
}
