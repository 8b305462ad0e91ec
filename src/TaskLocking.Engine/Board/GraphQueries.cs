using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Ready;
using TaskLocking.Rules;

namespace TaskLocking.Board;

/// <summary>What can be asked of the graph of a snapshot.</summary>
internal static class GraphQueries
{
    /// <summary>Circles and dangling ids, what waits in vain, and what of the todos is not understood.</summary>
    public static GraphReport Report(ITaskState state, ITaskArchive? archive = null)
    {
        var graph = ReadyQueue.GraphOf(state);
        return new GraphReport(graph.Count, graph.EdgeCount, graph.FindCycles(), Dangling(state, graph, archive))
        {
            ParentMissing = Parentless(state, graph, archive),
            Stuck = StuckQuery.Of(state, graph),
            NotUnderstood = TodoAudit.Run(state),
        };
    }

    // A parent may be archived with what is above it; a child that is open brings it back.
    private static IReadOnlyList<DanglingDependency> Parentless(ITaskState state, TaskGraph graph, ITaskArchive? archive)
    {
        var missing = graph.Parentless;
        if (archive is null || state.Archive.Count == 0 || missing.Count == 0)
            return missing;
        var archived = archive.Find([.. missing.Select(each => each.Missing).Distinct(StringComparer.Ordinal)], state.Archive);
        return [.. missing.Where(each => !archived.ContainsKey(each.Missing))];
    }

    // What is closed itself waits for nothing: what it once waited for may be archived.
    private static IReadOnlyList<DanglingDependency> Dangling(ITaskState state, TaskGraph graph, ITaskArchive? archive)
    {
        var dangling = graph.Dangling;
        if (archive is null || state.Archive.Count == 0 || dangling.Count == 0)
            return dangling;
        var archived = archive.Find([.. dangling.Select(each => each.Missing).Distinct(StringComparer.Ordinal)], state.Archive);
        return [.. dangling.Where(each => !archived.ContainsKey(each.Missing) || !ArchiveChoice.IsClosed(state.Find(each.TaskId)!))];
    }
}
