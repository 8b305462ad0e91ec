using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>
/// Ends claims: the one place that takes claim, running attempt and files away together. Who calls it settles afterwards what the new
/// status blocks or frees: <see cref="Settle"/>.
/// </summary>
internal static class ClaimEnd
{
    public const string Silent = "3 holders died or fell silent";

    /// <summary>Takes claim and running attempt off the task; the files are freed with <see cref="FreeFiles"/>.</summary>
    public static TaskChange EndClaim(this TaskChange change, AgentTask task) => change.SetClaim(task, null).SetStartedAt(task, null);

    /// <summary>What a task that is done no longer has to tell.</summary>
    public static TaskChange ForgetTrouble(this TaskChange change, AgentTask task) =>
        change.SetFailure(task, null).SetStrikes(task, 0).SetNotBefore(task, null);

    /// <summary>Back to nobody; a person keeps what was given to him, but not what he took with the claim.</summary>
    public static TaskChange Unassign(this TaskChange change, AgentTask task) =>
        task.Assignee is not { } assignee || (Person.Is(assignee.Type) && !CameWith(task.Claim, assignee)) ? change
            : change.SetAssignee(null);

    private static bool CameWith(TaskClaim? claim, Assignee assignee) => claim is not null && assignee.AssignedAt == claim.Claimed;

    public static void FreeFiles(TaskDraft draft, AgentTask task)
    {
        if (task.Claim is not null)
            FileScope.Free(draft, task.Id);
    }

    /// <summary>The holder died or fell silent: back into the queue, or given up after the third.</summary>
    public static AgentTask Strike(TaskDraft draft, AgentTask task)
    {
        var strikes = task.Strikes + 1;
        var change = draft.Change(task).EndClaim(task).SetStrikes(task, strikes);
        if (strikes < TaskLife.MaxStrikes)
            change.SetStatus(TaskLife.To(TaskMove.Return, task.Status)!.Value).Unassign(task);
        else
            change.SetStatus(TaskLife.To(TaskMove.GiveUp, task.Status)!.Value).SetFailure(task,
                new TaskFailure(Silent, draft.Now, task.Owner));
        FreeFiles(draft, task);
        return change.Apply();
    }

    /// <summary>
    /// The attempt failed: another one later, or Failed for good. The agent lets go of every file that no other claim of his has.
    /// </summary>
    public static AgentTask Fail(TaskDraft draft, AgentTask task, string reason, string? agent, bool isFinal, bool byName = false,
        string? output = null)
    {
        var change = draft.Change(task).EndClaim(task).SetFailure(task, new TaskFailure(reason, draft.Now, agent, output));
        if (!isFinal && task.Attempt < task.MaxAttempt)
        {
            change.SetStatus(TaskLife.To(TaskMove.Retry, task.Status)!.Value)
                .SetNotBefore(task, draft.Now + TaskLife.RetryDelay(task.Attempt, task.RetryDelay))
                .Unassign(task);
        }
        else
        {
            change.SetStatus(TaskLife.To(TaskMove.Fail, task.Status)!.Value);
        }
        if (agent is not null)
            FileScope.FreeAll(draft, agent, task.Id, Person.Has(task), byName ? null : task.Claim);
        return change.Apply();
    }

    /// <summary>
    /// After a task came to another status: blocks and frees its dependents, and itself, as failures want it; gives it as it is then.
    /// </summary>
    public static AgentTask Settle(TaskDraft draft, AgentTask before, AgentTask after)
    {
        FailureTravel.Settle(draft, before, after);
        return draft.Find(after.Id)!;
    }
}
