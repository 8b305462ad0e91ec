using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking.PostgreSql;

/// <summary>All that goes with a board from one place to another.</summary>
/// <param name="Document">The board as a document.</param>
/// <param name="Version">Its version.</param>
/// <param name="Archive">The parts of its archive, each with all that it holds.</param>
internal sealed record BoardInMove(
    byte[] Document, long Version, IReadOnlyList<(ArchiveSegment Segment, IReadOnlyList<AgentTask> Tasks)> Archive)
{
    /// <summary>The parts that count, also what of them does not: whoever counts them finds as many as were written.</summary>
    public static IReadOnlyList<(ArchiveSegment Segment, IReadOnlyList<AgentTask> Tasks)> ReadArchive(
        ITaskArchive archive, IReadOnlyList<ArchiveSegment> segments) =>
        [.. segments.Select(segment => (segment, (IReadOnlyList<AgentTask>)[.. archive.ReadAll([segment.With([], segment.Tallies)])]))];
}
