using System;
using System.Collections.Generic;

namespace TaskLocking.Model;

/// <summary>
/// Where the todos of closed tasks lie that left the document. It knows parts; which of them count, and what of them, is told by the state
/// (<see cref="ArchiveSegment"/>). Safe for several threads and processes.
/// </summary>
/// <remarks>
/// Calling sequence: <see cref="Write"/>, which lasts when it returns; then the commit that takes the todos out and has the part count; if
/// that was refused, <see cref="Discard"/>. Whoever is killed in between leaves a part that nobody names.
/// </remarks>
internal interface ITaskArchive
{
    /// <summary>Whether a look costs less where there are few parts.</summary>
    bool CanMerge { get; }

    /// <summary>Where entries of histories lie that have left their todos.</summary>
    IHistoryArchive Histories { get; }

    /// <summary>Writes a part, durable with its name.</summary>
    /// <param name="tasks">With their todos.</param>
    /// <param name="merged">Parts that go into it, without what does not count of them.</param>
    /// <param name="now">Gives its name.</param>
    /// <exception cref="TaskLockingException">StateCorrupt where a part that goes into it is missing or damaged; what the system
    /// said.</exception>
    ArchiveSegment Write(IReadOnlyList<AgentTask> tasks, IReadOnlyList<ArchiveSegment> merged, DateTimeOffset now);

    /// <summary>Writes a part that another archive has, durable with its name; what is there of that name makes way.</summary>
    /// <param name="segment">Its record.</param>
    /// <param name="tasks">All that it holds, also what does not count.</param>
    void Put(ArchiveSegment segment, IReadOnlyList<AgentTask> tasks);

    /// <summary>Takes a part away that no commit names.</summary>
    void Discard(ArchiveSegment segment);

    /// <summary>Those of some tasks that are in parts of the archive, by their ids.</summary>
    /// <exception cref="TaskLockingException">StateCorrupt where a part is missing or damaged.</exception>
    IReadOnlyDictionary<string, ArchivedTask> Find(IReadOnlyCollection<string> ids, IReadOnlyList<ArchiveSegment> segments);

    /// <summary>All tasks of the parts, in the order in which they were archived. Reads all.</summary>
    /// <exception cref="TaskLockingException">StateCorrupt where a part is missing or damaged.</exception>
    IEnumerable<AgentTask> ReadAll(IReadOnlyList<ArchiveSegment> segments);

    /// <summary>Takes away what was put into other parts a day ago, or earlier.</summary>
    void Sweep(IReadOnlyList<ArchiveSegment> segments, DateTimeOffset now);
}
