using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Model;

/// <summary>
/// A part of the archive: todos that left the document in one commit, or parts that were put together. What it holds never changes, and
/// lies beside the state; this record is in the state, and with it the part counts. So a part that was written and never committed is
/// nothing, and one commit moves a todo from here to there. Immutable.
/// </summary>
/// <param name="Name">Its name, which begins with the time: later ones come behind.</param>
/// <param name="Count">How many todos were written, those that are left out among them.</param>
/// <param name="At">When it was written.</param>
/// <param name="Replaces">The parts that were put into it: what is left of them can be swept.</param>
/// <param name="Tallies">What it holds, without those that are left out.</param>
/// <param name="Left">The ids that are in it and do not count: they stayed in the document, or came back.</param>
internal sealed record ArchiveSegment(string Name, int Count, DateTimeOffset At, IReadOnlyList<string> Replaces,
    IReadOnlyList<ArchiveTally> Tallies, IReadOnlyList<string> Left)
{
    /// <summary>One that was written, and does not count yet.</summary>
    public ArchiveSegment(string name, int count, DateTimeOffset at, IReadOnlyList<string> replaces)
        : this(name, count, at, replaces, [], [])
    {
    }

    public string Name { get; } = Name;

    public int Count { get; } = Count;

    public DateTimeOffset At { get; } = At;

    public IReadOnlyList<string> Replaces { get; } = FixedList<string>.Of(Replaces);

    public IReadOnlyList<ArchiveTally> Tallies { get; } = FixedList<ArchiveTally>.Of(Tallies);

    public IReadOnlyList<string> Left { get; } = FixedList<string>.Of(Left);

    /// <summary>How many tasks it holds that count.</summary>
    public int Tasks => Tallies.Sum(tally => tally.Count);

    /// <summary>The same without a task that goes back to the document.</summary>
    public ArchiveSegment Without(AgentTask task) => With([.. Left, task.Id],
        [.. Tallies.Select(tally => tally.Swarm == task.Swarm && tally.Status == task.Status
            ? new ArchiveTally(tally.Swarm, tally.Status, tally.Count - 1) : tally).Where(tally => tally.Count > 0)]);

    /// <summary>The same, of which others count.</summary>
    public ArchiveSegment With(IReadOnlyList<string> left, IReadOnlyList<ArchiveTally> tallies) =>
        new(Name, Count, At, Replaces, tallies, left);

    /// <summary>The tallies of some tasks and of parts that are put together with them.</summary>
    public static IReadOnlyList<ArchiveTally> Tally(IEnumerable<AgentTask> tasks, IEnumerable<ArchiveSegment> merged) =>
        [.. tasks.Select(task => new ArchiveTally(task.Swarm, task.Status, 1)).Concat(merged.SelectMany(segment => segment.Tallies))
            .GroupBy(tally => (tally.Swarm, tally.Status),
                (key, all) => new ArchiveTally(key.Swarm, key.Status, all.Sum(one => one.Count)))];
}
