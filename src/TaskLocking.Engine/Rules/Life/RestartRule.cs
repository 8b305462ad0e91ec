using System.Collections.Generic;
using TaskLocking.Diagnostics;
using TaskLocking.Tasks;

namespace TaskLocking.Leases;

/// <summary>
/// Puts tasks back into the queue by hand, as if nobody had tried; what they blocked waits again. Refused, each for itself and in this
/// order: InvalidArgument, TaskNotFound, VersionChanged, DependencyFailed for a task that another one's failure blocks, StatusConflict
/// unless forced. A claim that has lapsed counts as none.
/// </summary>
internal sealed class RestartRule(IReadOnlyList<RestartRequest> requests, ILiveness liveness) : ITaskRule<IReadOnlyList<TaskOutcome>>
{
    private readonly KnownLiveness _liveness = new(liveness);

    public IReadOnlyList<TaskOutcome> Decide(TaskDraft draft)
    {
        var outcomes = new List<TaskOutcome>(requests.Count);
        foreach (var request in requests)
            outcomes.Add(Decide(request, draft));
        return outcomes;
    }

    private TaskOutcome Decide(RestartRequest request, TaskDraft draft)
    {
        if (TaskFields.NamedId(request.Id) is { } fault)
            return Refused(request, TaskRefusals.Invalid(request.Id, fault));
        if (draft.Find(request.Id) is not { } task)
            return Refused(request, TaskRefusals.NotFound(request.Id));
        if ((TaskRefusals.VersionChanged(task, request.IfVersion) ?? Refuse(request, task, draft)) is { } refusal)
            return Refused(request, refusal);
        var isFresh = task is { Status: AgentTaskStatus.Todo, Claim: null, Attempt: 0, Strikes: 0, NotBefore: null, Failure: null };
        if (isFresh)
            return new TaskOutcome(task.Id, task, null, Changed: false) { Previous = task };
        var restarted = draft.Change(task)
            .EndClaim(task)
            .ForgetTrouble(task)
            .SetAttempt(task, 0)
            .SetStatus(TaskLife.To(TaskMove.ForcedRestart, task.Status)!.Value)
            .Unassign(task)
            .Apply();
        ClaimEnd.FreeFiles(draft, task);
        return new TaskOutcome(task.Id, ClaimEnd.Settle(draft, task, restarted), null, Changed: true) { Previous = task };
    }

    private Refusal? Refuse(RestartRequest request, AgentTask task, TaskDraft draft)
    {
        if (task.BlockedBy is { } block)
            return LifeRefusals.DependencyFailed(task, block, draft, $". Restart {block.Root}");
        if (request.Force)
            return null;
        if (task.Claim is { } claim)
        {
            return LeaseTerm.End(claim, draft.Now, _liveness) is null
                ? LifeRefusals.Status(task, "force it to take it away")
                : null;
        }
        return TaskLife.To(TaskMove.Restart, task.Status) is null ? LifeRefusals.Status(task, "force it to begin again") : null;
    }

    private static TaskOutcome Refused(RestartRequest request, Refusal refusal) => new(request.Id ?? "", null, refusal, Changed: false);
}
