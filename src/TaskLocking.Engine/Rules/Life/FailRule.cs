using System.Collections.Generic;
using TaskLocking.Diagnostics;
using TaskLocking.Tasks;

namespace TaskLocking.Leases;

/// <summary>
/// Reports failures: another attempt later, or Failed for good, which blocks what depends on it. Refused, each for itself and in this
/// order: InvalidArgument, TaskNotFound, LeaseLost, NotOwner, StatusConflict.
/// </summary>
internal sealed class FailRule(IReadOnlyList<FailRequest> requests, ILiveness? liveness = null) : ITaskRule<IReadOnlyList<TaskOutcome>>
{
    public IReadOnlyList<TaskOutcome> Decide(TaskDraft draft)
    {
        var outcomes = new List<TaskOutcome>(requests.Count);
        foreach (var request in requests)
            outcomes.Add(Decide(request, draft));
        return outcomes;
    }

    private TaskOutcome Decide(FailRequest request, TaskDraft draft)
    {
        var fault = TaskFields.NamedId(request.Id) ?? LeaseFields.Agent(request.Agent, draft.Find(request.Id))
            ?? TaskFields.Reason(request.Reason) ?? Person.Fault(request.Type);
        if (fault is not null)
            return Refused(request, TaskRefusals.Invalid(request.Id, fault));
        if (draft.Find(request.Id) is not { } task)
            return Refused(request, TaskRefusals.NotFound(request.Id));
        var worker = new Worker(request.Agent, ClaimCheck.IsPerson(draft, task, request.Agent, request.Type), request.Callers);
        var refusal = ClaimCheck.Refuse(task, worker, request.Token, request.Force, draft.Now, liveness)
            ?? (TaskLife.To(TaskMove.Fail, task.Status) is null ? LifeRefusals.Status(task, "only a task in progress can fail") : null);
        if (refusal is not null)
            return Refused(request, refusal);
        var failed = ClaimEnd.Fail(draft, task, request.Reason, request.Agent, request.IsFinal, byName: request.Callers.Count == 0);
        return new TaskOutcome(task.Id, ClaimEnd.Settle(draft, task, failed), null, Changed: true) { Previous = task };
    }

    private static TaskOutcome Refused(FailRequest request, Refusal refusal) => new(request.Id ?? "", null, refusal, Changed: false);
}
