using System;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking.Ready;

/// <summary>Which tasks a question is about, and what of a state answers it.</summary>
internal static class ReadyQueue
{
    /// <summary>The graph that the state keeps, else one for this question.</summary>
    public static TaskGraph GraphOf(ITaskState state) => (state as IGraphSource)?.Graph ?? new TaskGraph(state.Tasks);

    /// <summary>Whether a task has the swarm and all the tags that are asked for.</summary>
    public static bool IsMeant(AgentTask task, ReadyQuery query) =>
        (query.Swarm is null || string.Equals(task.Swarm, query.Swarm, StringComparison.Ordinal))
        && (query.Tags.Count == 0 || query.Tags.All(tag => task.Tags.Contains(tag, StringComparer.Ordinal)));

    /// <summary>The first task in Todo that is meant and whose dependencies are all done, and how many there are; null if none.</summary>
    public static AgentTask? FirstOpen(TaskGraph graph, ReadyQuery query, out int count)
    {
        var open = graph.OpenTasks.Of(query.Swarm);
        if (query.Tags.Count > 0)
            open = open.Where(node => IsMeant(node.Task!, query)).ToList();
        count = open.Count;
        return open.FirstOrDefault()?.Task;
    }
}
