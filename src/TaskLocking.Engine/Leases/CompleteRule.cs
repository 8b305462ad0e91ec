using System;
using System.Collections.Generic;
using TaskLocking.Diagnostics;
using TaskLocking.Tasks;

namespace TaskLocking.Leases;

/// <summary>
/// Ends work: Done, or Review where a person has to look at it; a person brings a task from Review to Done. Refused, each for itself and
/// in this order: InvalidArgument, TaskNotFound, LeaseLost, NotOwner, StatusConflict, NotPermitted.
/// </summary>
internal sealed class CompleteRule(IReadOnlyList<CompleteRequest> requests) : ITaskRule<IReadOnlyList<TaskOutcome>>
{
    private const string Human = "human";

    public IReadOnlyList<TaskOutcome> Decide(TaskDraft draft)
    {
        var outcomes = new List<TaskOutcome>(requests.Count);
        foreach (var request in requests)
            outcomes.Add(Decide(request, draft));
        return outcomes;
    }

    private static TaskOutcome Decide(CompleteRequest request, TaskDraft draft)
    {
        var fault = TaskFields.NamedId(request.Id) ?? LeaseFields.Agent(request.Agent, draft.Find(request.Id)) ?? Type(request.Type);
        if (fault is not null)
            return Refused(request, TaskRefusals.Invalid(request.Id, fault));
        if (draft.Find(request.Id) is not { } task)
            return Refused(request, TaskRefusals.NotFound(request.Id));
        var isHuman = Is(request.Type, Human);
        if (Refuse(request, task, isHuman, draft) is { } refusal)
            return Refused(request, refusal);
        var change = draft.Change(task).EndClaim(task).ForgetTrouble(task);
        if (task.Status != AgentTaskStatus.Review)
            change.SetStatus(TaskLife.To(request.ForReview || (task.NeedsReview && !isHuman) ? TaskMove.Submit : TaskMove.Complete, task.Status)!.Value);
        else if (!request.ForReview)
            change.SetStatus(TaskLife.To(TaskMove.Approve, task.Status)!.Value);
        ClaimEnd.FreeFiles(draft, task);
        return new TaskOutcome(task.Id, change.Apply(), null, change.IsChange) { Previous = task };
    }

    private static Refusal? Refuse(CompleteRequest request, AgentTask task, bool isHuman, TaskDraft draft)
    {
        var inReview = task.Status == AgentTaskStatus.Review;
        // In Review the task is still assigned to who did it: whoever looks at it is somebody else.
        if ((request.Token is not null || !inReview) && ClaimCheck.Refuse(task, request.Agent, request.Token) is { } foreign)
            return foreign;
        if (!inReview && TaskLife.To(TaskMove.Complete, task.Status) is null)
            return LifeRefusals.Status(task, "only a task in progress can be completed");
        if (inReview && !isHuman)
            return LifeRefusals.OnlyAPerson(task);
        return isHuman && draft.FindAgent(request.Agent) is { } known && !Is(known.Type, Human) ? LifeRefusals.NoPerson(task, request.Agent, known.Type) : null;
    }

    private static TaskOutcome Refused(CompleteRequest request, Refusal refusal) => new(request.Id ?? "", null, refusal, Changed: false);

    private static string? Type(string? value) =>
        Is(value, "agent") || Is(value, Human) || Is(value, "host") ? null : $"'{value}' is no type of who completes a task. Use agent, human or host.";

    private static bool Is(string? value, string type) => string.Equals(value, type, StringComparison.OrdinalIgnoreCase);
}
