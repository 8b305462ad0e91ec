using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>
/// Sends reviewed work back: from Review to Todo, with the reason as its failure. Who did it no longer has it, unless it was given to a
/// person; the attempts stay counted, and it comes to Done by a review alone. Refused, each for itself and in this order: InvalidArgument,
/// TaskNotFound, VersionChanged, StatusConflict for what nobody is to look at. Whoever may set a status by hand may do so.
/// </summary>
internal sealed class RejectRule(IReadOnlyList<RejectRequest> requests) : TaskByTaskRule<RejectRequest>(requests, request => request.Id)
{
    protected override string? Fault(RejectRequest request, TaskDraft draft) => TaskFields.Reason(request.Reason);

    protected override TaskOutcome Decide(RejectRequest request, AgentTask task, TaskDraft draft)
    {
        if (TaskRefusals.VersionChanged(task, request.IfVersion) is { } changed)
            return Refused(task, changed);
        if (TaskLife.To(TaskMove.Reject, task.Status) is not { } status)
            return Refused(task, LifeRefusals.Status(task, "only a task in Review can be rejected"));
        var rejected = draft.Change(task)
            .EndClaim(task)
            .SetFailure(task, new TaskFailure(request.Reason, draft.Now, task.Owner))
            .SetStatus(status)
            .Unassign(task)
            .SetNeedsReview(task, true)
            .Apply();
        ClaimEnd.FreeFiles(draft, task);
        return Done(task, ClaimEnd.Settle(draft, task, rejected));
    }
}
