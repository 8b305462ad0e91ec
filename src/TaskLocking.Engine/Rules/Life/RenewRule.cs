using System;
using System.Collections.Generic;
using TaskLocking.Diagnostics;
using TaskLocking.Tasks;

namespace TaskLocking.Leases;

/// <summary>
/// Prolongs claims, and the leases on files that were taken with them, from now on; the token stays, and a process that is
/// gone is named no longer. Refused, each for itself and in this
/// order: InvalidArgument, TaskNotFound, LeaseLost, NotOwner, StatusConflict when there is no claim.
/// </summary>
internal sealed class RenewRule(IReadOnlyList<RenewRequest> requests, ILiveness? liveness = null) : ITaskRule<IReadOnlyList<TaskOutcome>>
{
    public IReadOnlyList<TaskOutcome> Decide(TaskDraft draft)
    {
        var outcomes = new List<TaskOutcome>(requests.Count);
        foreach (var request in requests)
            outcomes.Add(Decide(request, draft));
        return outcomes;
    }

    private TaskOutcome Decide(RenewRequest request, TaskDraft draft)
    {
        var fault = TaskFields.NamedId(request.Id) ?? LeaseFields.Agent(request.Agent, draft.Find(request.Id))
            ?? (request.Ttl is { } asked ? LeaseFields.Ttl(asked) : null) ?? LeaseFields.Process(Holder(request));
        if (fault is not null)
            return Refused(request, TaskRefusals.Invalid(request.Id, fault));
        if (draft.Find(request.Id) is not { } task)
            return Refused(request, TaskRefusals.NotFound(request.Id));
        var worker = new Worker(request.Agent, ClaimCheck.IsPerson(draft, task, request.Agent, request.Type),
            LeaseFields.Callers(Holder(request)));
        if (ClaimCheck.Refuse(task, worker, request.Token, request.Force, draft.Now, liveness) is { } refusal)
            return Refused(request, refusal);
        if (task.Claim is not { } claim)
            return Refused(request, LifeRefusals.Status(task, "there is no claim to renew"));
        var ttl = request.Ttl ?? (claim.Ttl > TimeSpan.Zero ? claim.Ttl : TaskRequest.DefaultTtl);
        var renewed = LeaseTerm.GoOn(claim, Holder(request), draft.Now, liveness).Until(draft.Now + ttl, ttl);
        var change = draft.Change(task).SetClaim(task, renewed);
        if (change.IsChange)
            FileScope.Renew(draft, renewed, task.Id);
        return new TaskOutcome(task.Id, change.Apply(), null, change.IsChange) { Previous = task };
    }

    private static LeaseHolder Holder(RenewRequest request) => new(request.Agent)
    {
        Host = request.Host,
        Pid = request.Pid,
        ProcessStart = request.ProcessStart,
        Type = request.Type,
        Callers = request.Callers,
    };

    private static TaskOutcome Refused(RenewRequest request, Refusal refusal) => new(request.Id ?? "", null, refusal, Changed: false);
}
