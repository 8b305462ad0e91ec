using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking.Ready;

/// <summary>An agent as a task sees it.</summary>
/// <param name="Name">Compared ordinally.</param>
/// <param name="Capabilities">What it says that it can do, and what it is registered for.</param>
/// <param name="Profile">Null when it is not registered; then it has no limit.</param>
/// <param name="ActiveTasks">What it works on: claimed by it, or assigned to it and in progress. What only waits for it, for others or for
/// a person's approval keeps nobody from working.</param>
internal sealed record AgentView(string Name, IReadOnlyList<string> Capabilities, AgentProfile? Profile, int ActiveTasks)
{
    /// <summary>The swarms whose tasks nobody gets.</summary>
    public IReadOnlyCollection<SwarmPause> Paused { get; init; } = [];

    /// <summary>Who asks in its name.</summary>
    public Worker Worker { get; init; } = Worker.Named(Name);

    /// <summary>The agent in a state, with what it says that it can do besides.</summary>
    public static AgentView Of(ITaskState state, TaskGraph graph, string name, IReadOnlyList<string> capabilities) =>
        Of(state, graph, Worker.Named(name, Person.IsMeant(state, name, null)), capabilities);

    /// <summary>The same of a worker.</summary>
    public static AgentView Of(ITaskState state, TaskGraph graph, Worker worker, IReadOnlyList<string> capabilities) =>
        Of(state, worker, capabilities, graph.ActiveTasksOf);

    /// <summary>The same; how many tasks it has is asked for only if there is a limit.</summary>
    public static AgentView Of(ITaskState state, Worker worker, IReadOnlyList<string> capabilities, Func<Worker, int> load)
    {
        var profile = Person.Find(state, worker.Name, worker.IsPerson);
        return new AgentView(worker.Name, profile is null ? capabilities : [.. profile.Capabilities, .. capabilities], profile,
            profile is null ? 0 : load(worker))
        {
            Worker = worker,
            Paused = state.PausedSwarms,
        };
    }

    /// <summary>The required capabilities that it does not have.</summary>
    public IEnumerable<string> Missing(AgentTask task) =>
        task.Requires.Where(required => !Capabilities.Contains(required, StringComparer.Ordinal));

    /// <summary>The first of them; null if it has all.</summary>
    public string? Lacks(AgentTask task) => task.Requires.Count == 0 ? null : Missing(task).FirstOrDefault();

    /// <summary>Whether it is among those who may take the task.</summary>
    public bool IsAllowed(AgentTask task) => task.AllowedAgents.Count == 0 || task.AllowedAgents.Contains(Name, StringComparer.Ordinal);

    /// <summary>Whether the tasks of its swarm are given out.</summary>
    public bool IsGivenOut(AgentTask task) => Paused.Count == 0 || PauseOf(Paused, task) is null;

    /// <summary>How the swarm of a task is paused; null if it is not.</summary>
    public static SwarmPause? PauseOf(IReadOnlyCollection<SwarmPause> paused, AgentTask task) =>
        paused.Count == 0 || task.Swarm is null ? null
        : paused.FirstOrDefault(pause => string.Equals(pause.Swarm, task.Swarm, System.StringComparison.Ordinal));

    /// <summary>Whether one more task would be one too many.</summary>
    public bool IsFull => Profile is not null && ActiveTasks >= Profile.MaxTasks;
}
