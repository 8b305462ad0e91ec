using System;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>Gives claims.</summary>
internal static class ClaimGrant
{
    /// <summary>
    /// The claim that a commit gives. Its number is larger than that of every earlier claim of the task: those were seen when it was
    /// decided.
    /// </summary>
    public static TaskClaim New(TaskDraft draft, LeaseHolder holder, TimeSpan ttl) =>
        new(draft.Version, holder.Agent, draft.Now, draft.Now + ttl, ttl, holder.Host, holder.Pid, holder.Pid is null ? null
            : holder.ProcessStart);

    /// <summary>Claim and assignee; an assignee of that name stays as it is.</summary>
    public static TaskChange Give(this TaskChange change, TaskDraft draft, AgentTask task, TaskClaim claim, bool isPerson = false)
    {
        change.SetClaim(task, claim);
        if (task.Assignee is null)
        {
            var type = isPerson ? Person.Type : Person.Find(draft, claim.Agent, isPerson: false)?.Type == "host" ? "host" : "agent";
            change.SetAssignee(new Assignee(type, claim.Agent, claim.Host, draft.Now, draft.By));
        }
        return change;
    }

    /// <summary>The work begins: another attempt, from now on.</summary>
    public static TaskChange Begin(this TaskChange change, TaskDraft draft, AgentTask task) =>
        change.SetStatus(TaskLife.To(TaskMove.Start, task.Status)!.Value).SetAttempt(task, task.Attempt + 1).SetStartedAt(task, draft.Now);
}
