using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Model;

/// <summary>
/// What of a todo's history has left it, as the todo itself tells under our key: so it goes wherever the todo goes, to the archive and
/// back, to another board, and ends with it; and what others do to the document does not change it. Immutable.
/// </summary>
/// <param name="Parts">Where the entries lie, the oldest first; all of them come before those that the todo has.</param>
/// <param name="IsMixed">
/// Whether two branches that both moved entries were merged: then one entry may lie in several parts, and in the todo, and counts once.
/// </param>
/// <param name="Last">
/// Of the moved entries those that rules ask for, as JSON, the oldest first: the last claim, the last begin, and their like.
/// </param>
internal sealed record MovedHistory(IReadOnlyList<HistoryPart> Parts, bool IsMixed, IReadOnlyList<ReadOnlyMemory<byte>> Last)
{
    public IReadOnlyList<HistoryPart> Parts { get; } = FixedList<HistoryPart>.Of(Parts);

    public bool IsMixed { get; } = IsMixed;

    public IReadOnlyList<ReadOnlyMemory<byte>> Last { get; } = Last;

    /// <summary>How many entries have left.</summary>
    public int Count => Parts.Sum(part => part.Count);
}
