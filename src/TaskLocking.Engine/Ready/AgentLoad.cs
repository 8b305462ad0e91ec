using System;
using System.Collections.Generic;
using TaskLocking.Leases;
using TaskLocking.Tasks;

namespace TaskLocking.Automation;

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
    public static Dictionary<string, int> Count(ITaskState state, IEnumerable<AgentProfile> agents)
    {
        var loads = new Dictionary<string, int>(StringComparer.Ordinal);
        var profiles = new Dictionary<string, AgentProfile>(StringComparer.Ordinal);
        foreach (var agent in agents)
        {
            loads[agent.Name] = 0;
            profiles[agent.Name] = agent;
        }
        foreach (var task in state.Tasks)
        {
            if (Owner(task) is { } owner && profiles.TryGetValue(owner, out var agent) && Counts(task, agent))
                loads[owner]++;
        }
        return loads;
    }

    private static string? Owner(AgentTask task) =>
        task.Claim?.Agent
            ?? (task.Status is AgentTaskStatus.Todo or AgentTaskStatus.InProgress or AgentTaskStatus.Blocked ? task.Assignee?.Name : null);
}
