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
            Stuck = StuckQuery.Of(state, graph),
            NotUnderstood = TodoAudit.Run(state),
        };
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
