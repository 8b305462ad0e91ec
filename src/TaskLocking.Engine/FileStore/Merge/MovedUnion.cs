using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Todo2;

namespace TaskLocking.FileStore;

/// <summary>
/// What has left the history of a task on two branches, as the merged todo tells it: nothing of either is forgotten. Where both moved
/// entries, one may lie in the parts of both; who reads them all shows it once.
/// </summary>
internal static class MovedUnion
{
    /// <summary>Null where nothing has left either.</summary>
    /// <param name="mine">Our todo.</param>
    /// <param name="other">The other's.</param>
    /// <param name="before">What both began from; null if there was none.</param>
    public static MovedHistory? Of(TodoEntry? mine, TodoEntry? other, TodoEntry? before)
    {
        var (ours, theirs) = (mine is null ? null : TodoHistory.Moved(mine.Json), other is null ? null : TodoHistory.Moved(other.Json));
        if (ours is null || theirs is null)
        {
            var one = ours ?? theirs;
            // Without what both began from the entries may still be in the other, too.
            return one is null || before is not null || mine is null || other is null ? one : new MovedHistory(one.Parts, true, one.Last);
        }
        if (BeginsWith(ours.Parts, theirs.Parts))
            return ours;
        if (BeginsWith(theirs.Parts, ours.Parts))
            return theirs;
        var start = before is null ? [] : TodoHistory.Moved(before.Json)?.Parts ?? [];
        return new MovedHistory([.. ours.Parts, .. theirs.Parts.Where(part => !ours.Parts.Contains(part) && !start.Contains(part))], true,
            [.. ours.Last, .. theirs.Last.Where(entry => !ours.Last.Any(known => known.Span.SequenceEqual(entry.Span)))]);
    }

    /// <summary>
    /// The same for a living board that is brought a merged document: what it has, and what the other branch has moved to parts that are
    /// here by now. Null where that is nothing. An older document of our own tells of parts that were put together since: those do not
    /// count.
    /// </summary>
    /// <param name="mine">Our todo.</param>
    /// <param name="other">That of the document.</param>
    /// <param name="archive">Where the parts are.</param>
    public static MovedHistory? Of(TodoEntry mine, TodoEntry other, IHistoryArchive archive)
    {
        if (TodoHistory.Moved(other.Json) is not { } theirs)
            return null;
        var ours = TodoHistory.Moved(mine.Json);
        var known = ours?.Parts ?? [];
        if (!theirs.IsMixed && !BeginsWith(theirs.Parts, known))
            return null;
        var parts = theirs.Parts.Where(part => !known.Contains(part) && archive.Read(part) is not null).ToList();
        return parts.Count == 0 ? null : new MovedHistory([.. known, .. parts], true, [.. ours?.Last ?? [], .. theirs.Last]);
    }

    private static bool BeginsWith(IReadOnlyList<HistoryPart> parts, IReadOnlyList<HistoryPart> first) =>
        parts.Count >= first.Count && parts.Take(first.Count).SequenceEqual(first);
}
