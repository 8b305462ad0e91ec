using System.Collections.Generic;
using System.Linq;
using TaskLocking.Board;
using TaskLocking.Model;

namespace TaskLocking.PostgreSql;

/// <summary>All that goes with a board from one place to another.</summary>
/// <param name="Document">The board as a document.</param>
/// <param name="Version">Its version.</param>
/// <param name="Archive">The parts of its archive, each with all that it holds.</param>
/// <param name="Histories">The parts of its histories, as lines.</param>
internal sealed record BoardInMove(
    byte[] Document, long Version, IReadOnlyList<(ArchiveSegment Segment, IReadOnlyList<AgentTask> Tasks)> Archive,
    IReadOnlyList<(string Name, IReadOnlyList<byte[]> Lines)> Histories)
{
    /// <summary>The parts that the todos of a board name; one that is lost is lost there, too.</summary>
    public static IReadOnlyList<(string Name, IReadOnlyList<byte[]> Lines)> ReadHistories(ITaskArchive archive, StateSnapshot state) =>
        [.. HistoryNames.Of(state, archive).Select(name => (name, Lines: archive.Histories.ReadAll(name)))
            .Where(part => part.Lines is not null).Select(part => (part.name, part.Lines!))];

    /// <summary>The parts that count, also what of them does not: whoever counts them finds as many as were written.</summary>
    public static IReadOnlyList<(ArchiveSegment Segment, IReadOnlyList<AgentTask> Tasks)> ReadArchive(
        ITaskArchive archive, IReadOnlyList<ArchiveSegment> segments) =>
        [.. segments.Select(segment => (segment, (IReadOnlyList<AgentTask>)[.. archive.ReadAll([segment.With([], segment.Tallies)])]))];
}
