using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Rules;

namespace TaskLocking.Ready;

/// <summary>The sentences of what keeps a task from being taken, each in one place.</summary>
internal static class ReadinessReasons
{
    private const int ShownIds = 5;

    public static ReadinessReason Status(AgentTask task) => new(ReadinessCode.Status, $"Its status is {task.StatusText}, not Todo");

    /// <summary>A dependency that is not done.</summary>
    public static ReadinessReason Dependency(string id, AgentTask? dependency) => dependency switch
    {
        null => new(ReadinessCode.DependencyMissing, $"It waits for {id}, which is no task") { TaskId = id },
        { Status: AgentTaskStatus.Failed } =>
            new(ReadinessCode.DependencyFailed, $"It waits for {id}, which has failed") { TaskId = id, Agent = dependency.Failure?.Agent },
        { IsCause: true } =>
            new(ReadinessCode.DependencyFailed,
                $"It waits for {id}, which is blocked because {dependency.BlockedBy!.Root} has failed")
            { TaskId = id },
        { Status: AgentTaskStatus.Done } =>
            new(ReadinessCode.DependencyUnmet,
                $"It waits for {id}, which is there {dependency.Source!.Twins + 1} times, and not all are done")
            {
                TaskId = id,
            },
        _ => new(ReadinessCode.DependencyUnmet, $"It waits for {id}, which is {dependency.StatusText}")
        {
            TaskId = id,
            Agent = dependency.Claim?.Agent ?? dependency.Assignee?.Name,
        },
    };

    /// <summary>Children that are neither done nor cancelled.</summary>
    public static ReadinessReason ChildrenOpen(IReadOnlyList<string> children, ITaskState state) =>
        new(ReadinessCode.ChildrenOpen, $"It waits for its children: {Listed(children, state)}") { TaskId = children[0] };

    /// <summary>A few of some tasks, each with its status, and how many more there are.</summary>
    public static string Listed(IReadOnlyList<string> ids, ITaskState state) =>
        string.Join(", ", ids.Take(ShownIds).Select(id => $"{id} ({state.Find(id)?.StatusText ?? "missing"})"))
            + (ids.Count > ShownIds ? $", {ids.Count - ShownIds} more" : "");

    public static ReadinessReason NotUnderstood(string text) =>
        new(ReadinessCode.NotUnderstood, $"Nobody understands what its todo says: {text}");

    public static ReadinessReason Blocked(TaskBlock block) =>
        new(ReadinessCode.DependencyFailed, $"It is blocked because {block.Root} has failed") { TaskId = block.Nearest };

    public static ReadinessReason Cycle(IReadOnlyList<string> circle) =>
        new(ReadinessCode.DependencyCycle,
            $"It waits for itself: " +
                $"{string.Join(" -> ", circle.Take(ShownIds))}{(circle.Count > ShownIds ? $" -> {circle.Count - ShownIds} more" : "")} " +
                $"-> {circle[0]}")
        {
            TaskId = circle[circle.Count > 1 ? 1 : 0],
        };

    public static ReadinessReason NotBefore(AgentTask task) =>
        new(ReadinessCode.NotBefore,
            $"It shall not be started before {Timestamp.Format(task.NotBefore!.Value)}")
        { Until = task.NotBefore };

    public static ReadinessReason Paused(SwarmPause pause) => new(ReadinessCode.SwarmPaused,
        $"Its swarm {pause.Swarm} is paused since {Timestamp.Format(pause.Since)}{(pause.Reason is null ? "" : $" ({pause.Reason})")}")
    {
        Agent = pause.By,
    };

    public static ReadinessReason Claimed(TaskClaim claim) =>
        new(ReadinessCode.Claimed, $"{claim.Agent} has claimed it until {Timestamp.Format(claim.Expires)}")
        {
            Agent = claim.Agent,
            Until = claim.Expires
        };

    public static ReadinessReason Assigned(AgentTask task) =>
        new(ReadinessCode.Assigned, $"It is assigned to {task.Assignee}") { Agent = task.Assignee!.Name };

    public static ReadinessReason Lacks(AgentView agent, string capability) =>
        new(ReadinessCode.MissingCapability, $"{agent.Name} cannot do '{capability}'") { Agent = agent.Name };

    public static ReadinessReason NotAllowed(AgentTask task, AgentView agent) =>
        new(ReadinessCode.NotAllowed,
            $"{agent.Name} is not among those who may take it: " +
                $"{string.Join(", ", task.AllowedAgents.Take(ShownIds))}{(task.AllowedAgents.Count > ShownIds ? ", …" : "")}")
        {
            Agent = agent.Name,
        };

    public static ReadinessReason Full(AgentView agent) =>
        new(ReadinessCode.AgentFull,
            $"{agent.Name} works on {agent.ActiveTasks} tasks and may work on {agent.Profile!.MaxTasks} at once")
        { Agent = agent.Name };

    public static ReadinessReason FileHeld(FileConflict conflict) =>
        new(ReadinessCode.FileHeld,
            $"{conflict.Lease.Agent} has a lease on {conflict.Lease.Path} until {Timestamp.Format(conflict.Lease.Expires)}")
        {
            Path = conflict.Path,
            Agent = conflict.Lease.Agent,
            Until = conflict.Lease.Expires,
        };

    public static ReadinessReason TaskHeld(LockHolder holder) =>
        new(ReadinessCode.TaskHeld, $"Its lock is held by {holder}") { Agent = holder.Agent };
}
