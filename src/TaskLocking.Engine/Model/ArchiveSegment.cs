using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Model;

/// <summary>
/// A part of the archive: todos that left the document in one commit, or parts that were put together. What it holds never changes, and
/// lies beside the state; this record is in the state, and with it the part counts. So a part that was written and never committed is
/// nothing, and one commit moves a todo from here to there. Immutable.
/// </summary>
internal sealed record ArchiveSegment
{
    /// <summary>Its name, which begins with the time: later ones come behind.</summary>
    public string Name { get; init; } = "";

    /// <summary>How many todos were written, those that are left out among them.</summary>
    public int Count { get; init; }

    /// <summary>When it was written.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>What it holds, without those that are left out.</summary>
    public IReadOnlyList<ArchiveTally> Tallies { get; init; } = [];

    /// <summary>The ids that are in it and do not count: they stayed in the document, or came back.</summary>
    public IReadOnlyList<string> Left { get; init; } = [];

    /// <summary>The parts that were put into it: what is left of them can be swept.</summary>
    public IReadOnlyList<string> Replaces { get; init; } = [];

    /// <summary>How many tasks it holds that count.</summary>
    public int Tasks => Tallies.Sum(tally => tally.Count);

    /// <summary>The same without a task that goes back to the document.</summary>
    public ArchiveSegment Without(AgentTask task) => this with
    {
        Left = [.. Left, task.Id],
        Tallies = [.. Tallies.Select(tally => tally.Swarm == task.Swarm && tally.Status == task.Status
            ? tally with { Count = tally.Count - 1 } : tally).Where(tally => tally.Count > 0)],
    };

    /// <summary>The tallies of some tasks and of parts that are put together with them.</summary>
    public static IReadOnlyList<ArchiveTally> Tally(IEnumerable<AgentTask> tasks, IEnumerable<ArchiveSegment> merged) =>
        [.. tasks.Select(task => new ArchiveTally(task.Swarm, task.Status, 1)).Concat(merged.SelectMany(segment => segment.Tallies))
            .GroupBy(tally => (tally.Swarm, tally.Status),
                (key, all) => new ArchiveTally(key.Swarm, key.Status, all.Sum(one => one.Count)))];
}
