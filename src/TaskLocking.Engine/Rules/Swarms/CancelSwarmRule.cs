using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>
/// Cancels what of a swarm is not done, and whatever waits for that, of any swarm: it would wait for ever. What somebody works on is left
/// alone, unless it is forced, and so is what waits for that alone. The swarm is paused no longer. Refused: InvalidArgument, TaskNotFound
/// for a swarm that no task is of.
/// </summary>
internal sealed class CancelSwarmRule(string swarm, bool force, ILiveness? liveness = null) : ITaskRule<SwarmOutcome>
{
    public SwarmOutcome Decide(TaskDraft draft)
    {
        if (SwarmRefusals.Unknown(draft, swarm) is { } unknown)
            return SwarmRefusals.Refused(swarm, unknown);
        var left = new List<AgentTask>();
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<AgentTask>(draft.Tasks.Where(task => string.Equals(task.Swarm, swarm, StringComparison.Ordinal)).ToList());
        while (open.Count > 0)
        {
            var task = open.Dequeue();
            if (task.Status is AgentTaskStatus.Done or AgentTaskStatus.Cancelled or AgentTaskStatus.Review || found.Contains(task.Id))
                continue;
            if (!force && IsWorkedOn(task, draft))
            {
                if (!left.Contains(task))
                    left.Add(task);
                continue;
            }
            found.Add(task.Id);
            foreach (var dependent in draft.Graph.DependentsOf(task.Id))
                open.Enqueue(draft.Find(dependent)!);
        }
        // In the order of the document.
        var cancelled = draft.Tasks.Where(task => found.Contains(task.Id)).ToList();
        foreach (var task in cancelled)
            Cancel(draft, task);
        FailureTravel.Settle(draft, found);
        var isPaused = draft.FindPause(swarm) is not null;
        if (isPaused)
            draft.SetPause(swarm, null);
        return SwarmRefusals.Done(swarm, cancelled.Count > 0 || isPaused, [.. cancelled.Select(task => task.Id)],
            [.. left.Select(task => task.Id)]);
    }

    private bool IsWorkedOn(AgentTask task, TaskDraft draft) =>
        task.Claim is not null ? ClaimCheck.RefuseTaking(task, null, draft.Now, liveness) is not null
            : task.Status == AgentTaskStatus.InProgress;

    private static void Cancel(TaskDraft draft, AgentTask task)
    {
        draft.Change(task).EndClaim(task).SetBlock(task, null).SetStatus(AgentTaskStatus.Cancelled).Apply();
        ClaimEnd.FreeFiles(draft, task);
    }
}
