using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Ready;

namespace TaskLocking.Board;

/// <summary>Tells tasks how far their children are, where any task of the state has a parent.</summary>
internal static class FamilyQueries
{
    /// <summary>The tasks, those that have children with what is told of them.</summary>
    public static IReadOnlyList<AgentTask> Tallied(ITaskState state, IReadOnlyList<AgentTask> tasks) =>
        tasks.Count > 0 && GraphOf(state) is { } graph ? tasks.Select(task => Tallied(graph, task)).ToList() : tasks;

    /// <summary>The same of one.</summary>
    public static AgentTask Tallied(ITaskState state, AgentTask task) => GraphOf(state) is { } graph ? Tallied(graph, task) : task;

    private static TaskGraph? GraphOf(ITaskState state) =>
        state is IFamilySource { MayHaveParents: false } ? null : ReadyQueue.GraphOf(state);

    private static AgentTask Tallied(TaskGraph graph, AgentTask task) =>
        graph.TallyOf(task.Id) is { } tally ? task.With(tally) : task;
}
