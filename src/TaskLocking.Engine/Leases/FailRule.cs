using System.Collections.Generic;
using TaskLocking.Diagnostics;
using TaskLocking.Tasks;

namespace TaskLocking.Leases;

/// <summary>
/// Reports failures: another attempt later, or Failed for good, which blocks what depends on it. Refused, each for itself and in this
/// order: InvalidArgument, TaskNotFound, LeaseLost, NotOwner, StatusConflict.
/// </summary>
internal sealed class FailRule(IReadOnlyList<FailRequest> requests) : ITaskRule<IReadOnlyList<TaskOutcome>>
{
    public IReadOnlyList<TaskOutcome> Decide(TaskDraft draft)
    {
        var outcomes = new List<TaskOutcome>(requests.Count);
        foreach (var request in requests)
            outcomes.Add(Decide(request, draft));
        return outcomes;
    }

    private static TaskOutcome Decide(FailRequest request, TaskDraft draft)
    {
        var fault = TaskFields.NamedId(request.Id) ?? LeaseFields.Agent(request.Agent, draft.Find(request.Id))
            ?? TaskFields.Reason(request.Reason);
        if (fault is not null)
            return Refused(request, TaskRefusals.Invalid(request.Id, fault));
        if (draft.Find(request.Id) is not { } task)
            return Refused(request, TaskRefusals.NotFound(request.Id));
        var refusal = ClaimCheck.Refuse(task, request.Agent, request.Token)
            ?? (TaskLife.To(TaskMove.Fail, task.Status) is null ? LifeRefusals.Status(task, "only a task in progress can fail") : null);
        if (refusal is not null)
            return Refused(request, refusal);
        var failed = ClaimEnd.Fail(draft, task, request.Reason, request.Agent, request.IsFinal);
        return new TaskOutcome(task.Id, ClaimEnd.Settle(draft, task, failed), null, Changed: true) { Previous = task };
    }

    private static TaskOutcome Refused(FailRequest request, Refusal refusal) => new(request.Id ?? "", null, refusal, Changed: false);
}
