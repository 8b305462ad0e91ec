using System.Collections.Generic;
using TaskLocking.Diagnostics;
using TaskLocking.Tasks;

namespace TaskLocking.Leases;

/// <summary>
/// Gives claims back whose holders never heard of them: no strike, no attempt, the files free, and what came with the claim goes with it,
/// an assignee or a start. Refused, each for itself and in this order: InvalidArgument, TaskNotFound, LeaseLost, StatusConflict where
/// somebody has begun to work under it.
/// </summary>
internal sealed class GiveBackRule(IReadOnlyList<GiveBackRequest> requests) : ITaskRule<IReadOnlyList<TaskOutcome>>
{
    public IReadOnlyList<TaskOutcome> Decide(TaskDraft draft)
    {
        var outcomes = new List<TaskOutcome>(requests.Count);
        foreach (var request in requests)
            outcomes.Add(Decide(request, draft));
        return outcomes;
    }

    private static TaskOutcome Decide(GiveBackRequest request, TaskDraft draft)
    {
        if ((TaskFields.NamedId(request.Id) ?? LeaseFields.Agent(request.Agent, draft.Find(request.Id))) is { } fault)
            return Refused(request, TaskRefusals.Invalid(request.Id, fault));
        if (draft.Find(request.Id) is not { } task)
            return Refused(request, TaskRefusals.NotFound(request.Id));
        if (ClaimCheck.Refuse(task, Worker.Named(request.Agent, Person.Has(task)), request.Token, force: false, draft.Now,
            liveness: null) is { } refusal)
            return Refused(request, refusal);
        // Of one commit: the claim was given by the start.
        var isStarted = task.StartedAt is not null && task.StartedAt == task.Claim!.Claimed;
        if (TaskLife.To(TaskMove.Return, task.Status) is not { } status || (task.StartedAt is not null && !isStarted))
            return Refused(request, LifeRefusals.Status(task, "it cannot be given back as if nothing had happened"));
        var change = draft.Change(task).EndClaim(task).SetStatus(status);
        if (isStarted)
            change.SetAttempt(task, task.Attempt - 1);
        if (task.Assignee is { } assignee && assignee.AssignedAt == task.Claim!.Claimed)
            change.Unassign(task);
        ClaimEnd.FreeFiles(draft, task);
        return new TaskOutcome(task.Id, ClaimEnd.Settle(draft, task, change.Apply()), null, Changed: true) { Previous = task };
    }

    private static TaskOutcome Refused(GiveBackRequest request, Refusal refusal) => new(request.Id ?? "", null, refusal, Changed: false);
}
