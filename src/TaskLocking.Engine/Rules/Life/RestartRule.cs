using System.Collections.Generic;
using TaskLocking.Board;
using TaskLocking.Model;
using TaskLocking.Ready;

namespace TaskLocking.Rules;

/// <summary>
/// Puts tasks back into the queue by hand, as if nobody had tried; what they blocked waits again. Refused, each for itself and in this
/// order: InvalidArgument, TaskNotFound, VersionChanged, DependencyFailed for a task that another one's failure blocks, StatusConflict
/// unless forced. A claim that has lapsed counts as none.
/// </summary>
internal sealed class RestartRule(IReadOnlyList<RestartRequest> requests, ILiveness liveness)
    : TaskByTaskRule<RestartRequest>(requests, request => request.Id)
{
    private readonly KnownLiveness _liveness = new(liveness);

    protected override string? Fault(RestartRequest request, TaskDraft draft) => null;

    protected override TaskOutcome Decide(RestartRequest request, AgentTask task, TaskDraft draft)
    {
        if ((TaskRefusals.VersionChanged(task, request.IfVersion) ?? Refuse(request, task, draft)) is { } refusal)
            return Refused(task, refusal);
        var isFresh = task is { Status: AgentTaskStatus.Todo, Claim: null, Attempt: 0, Strikes: 0, NotBefore: null, Failure: null };
        if (isFresh && !task.Foreign.HasUnread(TodoField.Claim | TodoField.Own))
            return Done(task, task, changed: false);
        var restarted = draft.Change(task)
            .EndClaim(task)
            .ForgetTrouble(task)
            .SetAttempt(task, 0)
            .SetStatus(TaskLife.To(TaskMove.ForcedRestart, task.Status)!.Value)
            .Unassign(task)
            .SetNeedsReview(task, task.NeedsReview || task.Status == AgentTaskStatus.Review)
            .Apply();
        ClaimEnd.FreeFiles(draft, task);
        return Done(task, ClaimEnd.Settle(draft, task, restarted));
    }

    private Refusal? Refuse(RestartRequest request, AgentTask task, TaskDraft draft)
    {
        if (task.BlockedBy is { } block)
            return LifeRefusals.DependencyFailed(task, block, draft, $". Restart {block.Root}");
        if (request.Force)
            return null;
        if (task.Foreign.HasUnread(TodoField.Claim | TodoField.Own))
            return LifeRefusals.HeldBySomebody(task);
        if (task.Claim is { } claim)
        {
            return LeaseTerm.End(claim, draft.Now, _liveness) is null
                ? LifeRefusals.Status(task, "force it to take it away")
                : null;
        }
        return TaskLife.To(TaskMove.Restart, task.Status) is null ? LifeRefusals.Status(task, "force it to begin again") : null;
    }
}
