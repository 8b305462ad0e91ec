using System;
using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking.Ready;

/// <summary>
/// Which tasks an agent has on its hands: those that it claimed, and those assigned to it that are still to be done. What waits for a
/// person's approval it has done.
/// </summary>
internal static class AgentLoad
{
    /// <summary>Whether the task is one of the agent's. A person and an agent of one name are two.</summary>
    public static bool Counts(AgentTask task, AgentProfile agent) =>
        Owner(task) is { } owner && owner == agent.Name && Person.Has(task) == Person.Is(agent.Type);

    /// <summary>How many tasks each of the agents has, by name.</summary>
    public static Dictionary<string, int> Count(TaskGraph graph, IEnumerable<AgentProfile> agents)
    {
        var loads = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var agent in agents)
            loads[agent.Name] = graph.Ready.OnHandsOf(Worker.Named(agent.Name, Person.Is(agent.Type)));
        return loads;
    }

    /// <summary>On whose hands a task is; null if on nobody's.</summary>
    public static string? Owner(AgentTask task) =>
        task.Claim?.Agent
            ?? (task.Status is AgentTaskStatus.Todo or AgentTaskStatus.InProgress or AgentTaskStatus.Blocked ? task.Assignee?.Name : null);

    /// <summary>The same of a node.</summary>
    public static string? Owner(TaskNode node, out bool isPerson)
    {
        isPerson = false;
        if (node.Step is { } step)
            return step.Holder?.Agent;
        if (node.Known is not { } task || Owner(task) is not { } owner)
            return null;
        isPerson = Person.Has(task);
        return owner;
    }
}
