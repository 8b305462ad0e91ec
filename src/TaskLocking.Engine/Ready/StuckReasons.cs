using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking.Ready;

/// <summary>
/// Why a task will not be done as things stand. What lies in its dependencies the graph keeps; the rest lies in who is registered: made for
/// one question over one state.
/// </summary>
/// <param name="state">The state.</param>
/// <param name="graph">Its graph.</param>
/// <param name="isActive">Tells whether somebody of a name works on something, where that is known; else it is looked for.</param>
internal sealed class StuckReasons(ITaskState state, TaskGraph graph, Func<string, bool>? isActive = null)
{
    private const int ShownChildren = 5;

    private HashSet<string>? _capabilities;
    private HashSet<string>? _active;

    /// <summary>What of its dependencies will not come, and what of its todo is not understood.</summary>
    public static IEnumerable<string> Of(TaskNode node)
    {
        foreach (var dependency in node.Dependencies)
        {
            if (dependency.IsHopeless)
                yield return $"waits for {dependency.Id}, {Why(dependency.Task)}";
        }
        if (node.Kin is { Hopeless: > 0 } kin)
        {
            foreach (var child in kin.OpenChildren().Where(child => child.IsHopeless).Take(ShownChildren))
                yield return $"waits for its child {child.Id}, {Why(child.Task)}";
            if (kin.Hopeless > ShownChildren)
                yield return $"waits for {kin.Hopeless - ShownChildren} more of its children, which will not be done";
        }
        foreach (var text in node.Task!.NotUnderstood)
            yield return $"says what nobody understands ({text})";
    }

    /// <summary>Why nobody who is known here can take it; empty if somebody can.</summary>
    public IEnumerable<string> OfPeople(AgentTask task)
    {
        if (!IsChoosy(task))
            yield break;
        if (task.Assignee is { } assignee && !IsKnown(assignee))
            yield return $"is assigned to {assignee}, who is none of the agents";
        foreach (var capability in task.Requires.Where(required => !Capabilities.Contains(required)))
            yield return $"requires {capability}, which no registered agent has";
        // Where nobody is registered, any of them may come and ask.
        if (state.Agents.Count > 0 && task.AllowedAgents.Count > 0 && !task.AllowedAgents.Any(IsAgent))
            yield return $"is for {string.Join(", ", task.AllowedAgents)}, of whom none is an agent";
    }

    /// <summary>Whether it is to be taken, and not by everybody. Few are: most need not be asked about.</summary>
    public static bool IsChoosy(AgentTask task) => task.Status == AgentTaskStatus.Todo && task.Claim is null
        && (task.Assignee is not null || task.Requires.Count > 0 || task.AllowedAgents.Count > 0);

    private HashSet<string> Capabilities =>
        _capabilities ??= new(state.Agents.SelectMany(agent => agent.Capabilities), StringComparer.Ordinal);

    // Who works may do so without being registered.
    private HashSet<string> Active =>
        _active ??= new(graph.Active.Select(task => task.Claim?.Agent ?? task.Assignee?.Name).OfType<string>(), StringComparer.Ordinal);

    // Where nobody is registered, any agent may come and ask; a person who is not known as one does not.
    private bool IsKnown(Assignee assignee) => assignee.Type == "human" ? state.FindAgent(assignee.Name) is not null
        : state.Agents.Count == 0 || IsAgent(assignee.Name);

    private bool IsAgent(string name) => state.FindAgent(name) is not null || (isActive?.Invoke(name) ?? Active.Contains(name));

    private static string Why(AgentTask? dependency) => dependency switch
    {
        null => "which is no task",
        { Status: AgentTaskStatus.Failed } => "which has failed",
        { Status: AgentTaskStatus.Unknown } => $"whose status '{dependency.StatusText}' nobody understands",
        { Status: AgentTaskStatus.Done, IsUnderstood: false } => "whose todo says two things",
        { Status: AgentTaskStatus.Done } => $"which is there {dependency.Source!.Twins + 1} times, and not all are done",
        _ => $"which is {dependency.StatusText}",
    };
}
