using System;
using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>
/// Gives claims back whose holders never heard of them: no strike, no attempt, the files free, and what came with the claim goes with it,
/// an assignee or a start. Refused, each for itself and in this order: InvalidArgument, TaskNotFound, LeaseLost, StatusConflict where
/// somebody has begun to work under it.
/// </summary>
internal sealed class GiveBackRule(IReadOnlyList<GiveBackRequest> requests)
    : TaskByTaskRule<GiveBackRequest>(requests, request => request.Id)
{
    protected override string? Fault(GiveBackRequest request, TaskDraft draft) =>
        LeaseFields.Agent(request.Agent, draft.Find(request.Id));

    protected override TaskOutcome Decide(GiveBackRequest request, AgentTask task, TaskDraft draft)
    {
        if (ClaimCheck.Refuse(task, Worker.Named(request.Agent, Person.Has(task)), request.Token, force: false, draft.Now,
            liveness: null) is { } refusal)
            return Refused(task, refusal);
        // Of one commit: the claim was given by the start.
        var isStarted = task.StartedAt is not null && task.StartedAt == task.Claim!.Claimed;
        if (TaskLife.To(TaskMove.Return, task.Status) is not { } status || (task.StartedAt is not null && !isStarted))
            return Refused(task, LifeRefusals.Status(task, "it cannot be given back as if nothing had happened"));
        var change = draft.Change(task).EndClaim(task).SetStatus(status);
        if (isStarted)
            change.SetAttempt(task, Math.Max(0, task.Attempt - 1)); // A todo of others may tell none.
        if (task.Assignee is { } assignee && assignee.AssignedAt == task.Claim!.Claimed)
            change.Unassign(task);
        ClaimEnd.FreeFiles(draft, task);
        return Done(task, ClaimEnd.Settle(draft, task, change.Apply()));
    }
}
