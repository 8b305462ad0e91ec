using TaskLocking.Model;
using TaskLocking.Ready;


namespace TaskLocking.Board;

/// <summary>What can be asked of the graph of a snapshot.</summary>
internal static class GraphQueries
{
    /// <summary>Circles and dangling ids, what waits in vain, and what of the todos is not understood.</summary>
    public static GraphReport Report(ITaskState state)
    {
        var graph = ReadyQueue.GraphOf(state);
        return new GraphReport(graph.Count, graph.EdgeCount, graph.FindCycles(), graph.Dangling)
        {
            Stuck = StuckQuery.Of(state, graph),
            NotUnderstood = TodoAudit.Run(state),
        };
    }
}
