using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>
/// Reports failures: another attempt later, or Failed for good, which blocks what depends on it. Refused, each for itself and in this
/// order: InvalidArgument, TaskNotFound, LeaseLost, NotOwner, StatusConflict.
/// </summary>
internal sealed class FailRule(IReadOnlyList<FailRequest> requests, ILiveness? liveness = null)
    : TaskByTaskRule<FailRequest>(requests, request => request.Id)
{
    protected override string? Fault(FailRequest request, TaskDraft draft) =>
        LeaseFields.Agent(request.Agent, draft.Find(request.Id)) ?? TaskFields.Reason(request.Reason)
        ?? TaskFields.Output(request.Output) ?? Person.Fault(request.Type);

    protected override TaskOutcome Decide(FailRequest request, AgentTask task, TaskDraft draft)
    {
        var worker = new Worker(request.Agent, ClaimCheck.IsPerson(draft, task, request.Agent, request.Type), request.Callers);
        var refusal = ClaimCheck.Refuse(task, worker, request.Token, request.Force, draft.Now, liveness)
            ?? (TaskLife.To(TaskMove.Fail, task.Status) is null ? LifeRefusals.Status(task, "only a task in progress can fail") : null);
        if (refusal is not null)
            return Refused(task, refusal);
        var failed = ClaimEnd.Fail(draft, task, request.Reason, request.Agent, request.IsFinal, byName: request.Callers.Count == 0,
            request.Output);
        return Done(task, ClaimEnd.Settle(draft, task, failed));
    }
}
