using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking.Ready;

/// <summary>Tells of each task that somebody works on, or that will not go on by itself, how it stands with it.</summary>
internal static class WorkStatusQuery
{
    /// <summary>What is worked on first, then what somebody has to see to; within that in document order.</summary>
    public static IReadOnlyList<WorkStatus> Of(ITaskState state, string? swarm, DateTimeOffset now, ILiveness liveness)
    {
        var known = new KnownLiveness(liveness);
        var stuck = StuckQuery.Of(state, ReadyQueue.GraphOf(state)).ToDictionary(each => each.TaskId, StringComparer.Ordinal);
        return state.Tasks.Where(task => swarm is null || string.Equals(task.Swarm, swarm, StringComparison.Ordinal))
            .Select(task => Of(task, stuck.TryGetValue(task.Id, out var found) ? found : null, now, known))
            .OfType<WorkStatus>()
            .OrderBy(status => status.State)
            .ToList();
    }

    private static WorkStatus? Of(AgentTask task, StuckTask? stuck, DateTimeOffset now, ILiveness liveness)
    {
        if (task.Claim is { } claim && task.Status is (AgentTaskStatus.Todo or AgentTaskStatus.InProgress))
            return OfClaimed(task, claim, now, liveness);
        var why = stuck is null ? null : string.Join(", and ", stuck.Reasons);
        return task.Status switch
        {
            AgentTaskStatus.Failed => new WorkStatus(task, WorkState.Failed)
            {
                Since = task.Failure?.At ?? task.LastModified,
                Why = task.Failure?.Reason,
            },
            AgentTaskStatus.Blocked => new WorkStatus(task, WorkState.Blocked)
            {
                Since = task.LastModified,
                Why = task.BlockedBy is { } block ? $"{block.Root} failed" : why,
            },
            AgentTaskStatus.Review => new WorkStatus(task, WorkState.Review)
            {
                Since = task.LastModified,
                Why = "a person has to approve it",
            },
            _ when why is not null => new WorkStatus(task, WorkState.Stuck) { Since = task.LastModified, Why = why },
            AgentTaskStatus.InProgress => new WorkStatus(task, IsOverdue(task, now) ? WorkState.Overdue : WorkState.Working)
            {
                Since = task.StartedAt ?? task.LastModified,
                Why = "without a claim",
            },
            _ => null,
        };
    }

    private static WorkStatus OfClaimed(AgentTask task, TaskClaim claim, DateTimeOffset now, ILiveness liveness)
    {
        var end = LeaseTerm.End(claim, now, liveness);
        var state = end switch
        {
            LeaseEnd.ProcessEnded => WorkState.Gone,
            LeaseEnd.Expired => WorkState.Expired,
            _ when IsOverdue(task, now) => WorkState.Overdue,
            _ when task.Status == AgentTaskStatus.InProgress => WorkState.Working,
            _ => WorkState.Claimed,
        };
        return new WorkStatus(task, state)
        {
            Since = task.StartedAt ?? claim.Claimed,
            LeaseLeft = claim.Expires - now,
            IsAlive = end == LeaseEnd.ProcessEnded ? false : liveness.IsAlive(claim.Host, claim.Pid, claim.ProcessStart),
            Why = state switch
            {
                WorkState.Gone => $"process {claim.Pid} on {claim.Host} is gone",
                WorkState.Expired => "the time of the claim is over",
                WorkState.Overdue => "it runs longer than its time limit",
                _ => null,
            },
        };
    }

    private static bool IsOverdue(AgentTask task, DateTimeOffset now) => now.UtcTicks > TimeOrder.DeadlineOf(task);
}
