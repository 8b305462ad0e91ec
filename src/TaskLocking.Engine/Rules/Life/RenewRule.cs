using System;
using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>
/// Prolongs claims, and the leases on files that were taken with them, from now on; the token stays, and a process that is
/// gone is named no longer. Refused, each for itself and in this
/// order: InvalidArgument, TaskNotFound, LeaseLost, NotOwner, StatusConflict when there is no claim.
/// </summary>
internal sealed class RenewRule(IReadOnlyList<RenewRequest> requests, ILiveness? liveness = null)
    : TaskByTaskRule<RenewRequest>(requests, request => request.Id)
{
    protected override string? Fault(RenewRequest request, TaskDraft draft) => LeaseFields.Agent(request.Agent, draft.Find(request.Id))
        ?? (request.Ttl is { } asked ? LeaseFields.Ttl(asked) : null) ?? LeaseFields.Process(Holder(request));

    protected override TaskOutcome Decide(RenewRequest request, AgentTask task, TaskDraft draft)
    {
        var worker = new Worker(request.Agent, ClaimCheck.IsPerson(draft, task, request.Agent, request.Type),
            LeaseFields.Callers(Holder(request)));
        if (ClaimCheck.Refuse(task, worker, request.Token, request.Force, draft.Now, liveness) is { } refusal)
            return Refused(task, refusal);
        if (task.Claim is not { } claim)
            return Refused(task, LifeRefusals.Status(task, "there is no claim to renew"));
        var ttl = request.Ttl ?? (claim.Ttl > TimeSpan.Zero ? claim.Ttl : TaskRequest.DefaultTtl);
        var renewed = LeaseTerm.GoOn(claim, Holder(request), draft.Now, liveness).Until(draft.Now + ttl, ttl);
        var change = draft.Change(task).SetClaim(task, renewed);
        if (change.IsChange)
            FileScope.Renew(draft, renewed, task.Id);
        return Done(task, change.Apply(), change.IsChange);
    }

    private static LeaseHolder Holder(RenewRequest request) => new(request.Agent)
    {
        Host = request.Host,
        Pid = request.Pid,
        ProcessStart = request.ProcessStart,
        Type = request.Type,
        Callers = request.Callers,
    };
}
