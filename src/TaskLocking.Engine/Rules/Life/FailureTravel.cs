using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Rules;

/// <summary>
/// A failure keeps everything that waits for it from starting, over any number of tasks. What holds: a task in Todo, or Blocked with a
/// cause, is Blocked with a cause exactly if one of its dependencies has failed or is itself Blocked with a cause; and the way from
/// nearest to nearest ends at the root, so no circle keeps itself blocked. Tasks that have begun or ended are left as they are, and so is
/// what somebody blocked by hand.
/// </summary>
internal static class FailureTravel
{
    /// <summary>Whether a failure among new dependencies would take a claimed task, which has not begun, away from who has it.</summary>
    public static bool WouldBlock(TaskDraft draft, AgentTask task, IEnumerable<string> added) =>
        task.Claim is not null && FailureWalk.CanBeBlocked(task) && added.Any(id => draft.Find(id)?.IsCause == true);

    /// <summary>
    /// To be called after tasks were changed, defined or removed: blocks what a failure keeps from starting and frees what none keeps any
    /// more, from these tasks on.
    /// </summary>
    public static void Settle(TaskDraft draft, IEnumerable<string> ids)
    {
        var changed = ids.Distinct(StringComparer.Ordinal).ToList();
        var causes = new FailureWalk(draft).Derive(changed);
        foreach (var (task, cause) in causes)
            Apply(draft, task, cause);
    }

    /// <summary>The same after one task was changed, if its change can matter; most cannot, and cost a look at its dependencies.</summary>
    /// <param name="draft">The draft with the change in it.</param>
    /// <param name="before">The task as it was; null if it was not there.</param>
    /// <param name="after">The task as it is; null if it is gone.</param>
    public static void Settle(TaskDraft draft, AgentTask? before, AgentTask? after)
    {
        if (RootOf(before) != RootOf(after) || (after is not null && !IsSettled(draft, after)))
            Settle(draft, [(before ?? after)!.Id]);
    }

    // A blocked task that fails itself is a cause as before, but of its own.
    private static string? RootOf(AgentTask? task) =>
        task?.IsCause != true ? null : task.Status == AgentTaskStatus.Failed ? task.Id : task.BlockedBy!.Root;

    private static bool IsSettled(TaskDraft draft, AgentTask task)
    {
        if (!FailureWalk.CanBeBlocked(task))
            return task.BlockedBy is null;
        var hasCause = false;
        foreach (var id in task.Dependencies)
        {
            if (draft.Find(id)?.IsCause != true)
                continue;
            if (task.BlockedBy is null || task.BlockedBy.Nearest == id)
                return task.BlockedBy is not null && task.Status == AgentTaskStatus.Blocked;
            hasCause = true;
        }
        return !hasCause && task.BlockedBy is null;
    }

    private static void Apply(TaskDraft draft, AgentTask task, TaskBlock? cause)
    {
        var change = draft.Change(task).SetBlock(task, cause);
        if (FailureWalk.CanBeBlocked(task))
            change.SetStatus(cause is null ? AgentTaskStatus.Todo : AgentTaskStatus.Blocked);
        if (cause is not null && task.Claim is not null)
        {
            // Who claimed it has nothing to do on it: it is given away anew when the failure is out of the way.
            change.SetClaim(task, null);
            if (task.Assignee?.Type is "agent" or "host")
                change.SetAssignee(null);
            FileScope.Free(draft, task.Id);
        }
        change.Apply();
    }
}
