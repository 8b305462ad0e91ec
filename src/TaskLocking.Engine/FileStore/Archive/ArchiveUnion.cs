using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking.FileStore;

/// <summary>
/// The archives of two branches as one. Which parts count is told by both documents, and put together without reading any: that is all that
/// a merge of documents knows. Who opens the result has the parts, and sees to it that each task counts once.
/// </summary>
internal static class ArchiveUnion
{
    /// <summary>The parts of both; what one of them put into another part is not there beside that.</summary>
    /// <param name="ours">Ours.</param>
    /// <param name="theirs">Those of the other.</param>
    /// <param name="before">What both began from.</param>
    public static StateRecords Merge(StateRecords ours, StateRecords theirs, StateRecords before)
    {
        var replaced = new HashSet<string>(ours.Archive.Concat(theirs.Archive).SelectMany(segment => segment.Replaces),
            StringComparer.Ordinal);
        var merged = StateRecords.Empty;
        foreach (var name in ours.Archive.Concat(theirs.Archive).Select(segment => segment.Name).Distinct(StringComparer.Ordinal))
        {
            var (mine, other, start) = (ours.SegmentOf(name), theirs.SegmentOf(name), before.SegmentOf(name));
            // Both had it, and one has taken it away.
            if (replaced.Contains(name) || (start is not null && (mine is null || other is null)))
                continue;
            merged = merged.With(mine is null ? other! : other is null ? mine : Both(mine, other, start));
        }
        return merged;
    }

    /// <summary>The same where the parts can be read: no task counts twice, and none that is in the document.</summary>
    /// <param name="records">The records.</param>
    /// <param name="isTask">Whether a task of the document has an id.</param>
    /// <param name="archive">Where the parts are.</param>
    public static StateRecords Settle(StateRecords records, Func<string, bool> isTask, ITaskArchive archive)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var segment in records.Archive.ToList())
        {
            if (TryRead(segment, archive) is not { } tasks)
                continue; // It is told to whoever needs it, and by the self-test.
            var counting = tasks.FindAll(task => !isTask(task.Id) && known.Add(task.Id));
            records = records.With(segment.With([.. segment.Left, .. tasks.Except(counting).Select(task => task.Id)],
                ArchiveSegment.Tally(counting, [])));
        }
        return records;
    }

    /// <summary>What counts of a part; null where it cannot be read.</summary>
    public static List<AgentTask>? TryRead(ArchiveSegment segment, ITaskArchive archive)
    {
        try
        {
            return [.. archive.ReadAll([segment])];
        }
        catch (TaskLockingException)
        {
            return null;
        }
    }

    // What either brought back counts no more.
    private static ArchiveSegment Both(ArchiveSegment mine, ArchiveSegment other, ArchiveSegment? start)
    {
        var tallies = mine.Tallies.Select(tally => new ArchiveTally(tally.Swarm, tally.Status, tally.Count
            - Math.Max(0, Of(start ?? mine, tally) - Of(other, tally)))).Where(tally => tally.Count > 0).ToList();
        return mine.With([.. mine.Left.Union(other.Left, StringComparer.Ordinal)], tallies);
    }

    private static int Of(ArchiveSegment segment, ArchiveTally like) =>
        segment.Tallies.Where(tally => tally.Swarm == like.Swarm && tally.Status == like.Status).Sum(tally => tally.Count);
}
