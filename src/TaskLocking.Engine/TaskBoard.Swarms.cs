using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using TaskLocking.Model;
using TaskLocking.Rules;

namespace TaskLocking;

/// <content>Swarms.</content>
public sealed partial class TaskBoard
{
    /// <summary>
    /// Has the tasks of swarms be given out no longer; what is in progress goes on. One commit; each is refused for itself.
    /// </summary>
    /// <param name="swarms">Their names.</param>
    /// <param name="reason">Why, in a line; null to tell nothing.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Ends a wait.</param>
    public IReadOnlyList<SwarmOutcome> PauseSwarms(IReadOnlyList<string> swarms, string? reason = null, CommitOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Transact(new PauseSwarmRule(FixedList<string>.Of(swarms), isPause: true, reason), 1, options, cancellationToken);

    /// <summary>Has the tasks of swarms be given out again. One commit; each is refused for itself.</summary>
    public IReadOnlyList<SwarmOutcome> ResumeSwarms(IReadOnlyList<string> swarms, CommitOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Transact(new PauseSwarmRule(FixedList<string>.Of(swarms), isPause: false), 1, options, cancellationToken);

    /// <summary>Cancels what of a swarm is not done, and what waits for it, in one commit.</summary>
    /// <param name="swarm">Its name.</param>
    /// <param name="force">Also what somebody works on.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Ends a wait.</param>
    public SwarmOutcome CancelSwarm(string swarm, bool force = false, CommitOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Transact(new CancelSwarmRule(swarm, force, _liveness), 2, options, cancellationToken);

    /// <summary>All swarms that have tasks or are paused, by name.</summary>
    public IReadOnlyList<SwarmStatus> GetSwarms()
    {
        var state = _store.Read();
        var tasks = state.Tasks.Where(task => task.Swarm is not null).ToLookup(task => task.Swarm!, StringComparer.Ordinal);
        var archived = state.Archive.SelectMany(segment => segment.Tallies).Where(tally => tally.Swarm is not null)
            .ToLookup(tally => tally.Swarm!, StringComparer.Ordinal);
        return tasks.Select(swarm => swarm.Key).Concat(archived.Select(swarm => swarm.Key))
            .Union(state.PausedSwarms.Select(pause => pause.Swarm), StringComparer.Ordinal)
            .OrderBy(swarm => swarm, StringComparer.Ordinal)
            .Select(swarm => Status(swarm, tasks[swarm].ToList(), archived[swarm].ToList(),
                state.PausedSwarms.FirstOrDefault(pause => pause.Swarm == swarm)))
            .ToList();
    }

    private static SwarmStatus Status(string swarm, List<AgentTask> tasks, List<ArchiveTally> archived, SwarmPause? pause) => new(
        swarm, pause is not null, pause?.Since, pause?.By, pause?.Reason, tasks.Count + archived.Sum(tally => tally.Count),
        tasks.Count(task => task.Status == AgentTaskStatus.Done)
            + archived.Where(tally => tally.Status == AgentTaskStatus.Done).Sum(tally => tally.Count),
        tasks.Count(task => task.Status == AgentTaskStatus.InProgress),
        tasks.Count(task => task.Status is AgentTaskStatus.Todo or AgentTaskStatus.Blocked));
}
