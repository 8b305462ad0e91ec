using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using TaskLocking.Model;

namespace TaskLocking.Ready;

/// <summary>
/// Open tasks that nobody has claimed and that make no difference to whoever asks but by their order, time and tags: the same swarm, the
/// same capabilities, the same agents that may take them, the same assignee. Few classes exist, whatever the number of tasks.
/// </summary>
internal sealed class ReadyClass(string key, AgentTask first)
{
    /// <summary>By which the class is known; empty for tasks that name nobody and nothing.</summary>
    public string Key => key;

    /// <summary>What its members have in common.</summary>
    public AgentTask First => first;

    /// <summary>Those that can be taken now, by priority, then age, then document order.</summary>
    public SortedSet<TaskNode> Nodes { get; private set; } = new(TaskOrder.ByUrgency);

    /// <summary>Those whose time has not come, or that a failure blocks, in the same order.</summary>
    public SortedSet<TaskNode> Later { get; } = new(TaskOrder.ByUrgency);

    /// <summary>How many there are.</summary>
    public int Count => Nodes.Count + Later.Count;

    /// <summary>Whether they are not for everybody.</summary>
    public bool IsParticular => first.Assignee is not null || first.Requires.Count > 0 || first.AllowedAgents.Count > 0;

    /// <summary>The key of the class that a task belongs to.</summary>
    public static string KeyOf(AgentTask task)
    {
        if (task.Assignee is null && task.Swarm is null && task.Requires.Count == 0 && task.AllowedAgents.Count == 0)
            return "";
        var key = new StringBuilder();
        Append(key, task.Swarm);
        if (task.Assignee is { } assignee)
            Append(Append(key.Append('a'), assignee.Type), assignee.Name);
        foreach (var capability in task.Requires)
            Append(key.Append('r'), capability);
        foreach (var agent in task.AllowedAgents)
            Append(key.Append('o'), agent);
        return key.ToString();
    }

    /// <summary>Whether its tasks are among those that are asked for, as far as the class tells.</summary>
    public bool IsMeant(ReadyQuery query) => query.Swarm is null || string.Equals(first.Swarm, query.Swarm, StringComparison.Ordinal);

    /// <summary>Whether they are, and this agent may do them.</summary>
    public bool Fits(AgentView agent, ReadyQuery query) => IsMeant(query)
        && agent.IsGivenOut(first) && agent.Lacks(first) is null && agent.IsAllowed(first)
        && (first.Assignee is not { } assignee || agent.Worker.IsCalled(assignee.Name, Person.Is(assignee.Type)));

    /// <summary>Takes in many at once, which costs less than one by one.</summary>
    public void AddAll(IEnumerable<TaskNode> nodes) => Nodes = new SortedSet<TaskNode>(nodes.Concat(Nodes), TaskOrder.ByUrgency);

    // With its length, so that no two lists read alike.
    private static StringBuilder Append(StringBuilder key, string? text) =>
        key.Append(text?.Length ?? -1).Append(':').Append(text);
}
