using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>
/// Ends work: Done, or Review where a person has to look at it; a person brings a task from Review to Done. Refused, each for itself and
/// in this order: InvalidArgument, TaskNotFound, LeaseLost, NotOwner, StatusConflict, TaskNotReady where
/// children of it are open, NotPermitted: for who is no person, and for who did
/// the work himself.
/// </summary>
internal sealed class CompleteRule(IReadOnlyList<CompleteRequest> requests, ILiveness? liveness = null)
    : TaskByTaskRule<CompleteRequest>(requests, request => request.Id)
{
    protected override string? Fault(CompleteRequest request, TaskDraft draft) =>
        LeaseFields.Agent(request.Agent, draft.Find(request.Id)) ?? Type(request.Type)
            ?? (request.Result is null ? null : NoteText.Fault(request.Result));

    protected override TaskOutcome Decide(CompleteRequest request, AgentTask task, TaskDraft draft)
    {
        var isHuman = ClaimCheck.IsPerson(draft, task, request.Agent, request.Type);
        if (Refuse(request, task, isHuman, draft) is { } refusal)
            return Refused(task, refusal);
        var change = draft.Change(task).EndClaim(task).ForgetTrouble(task);
        if (task.Status != AgentTaskStatus.Review)
        {
            // Whoever did it: nobody approves his own work.
            var isLookedAt = request.ForReview || task.NeedsReview;
            change.SetStatus(TaskLife.To(isLookedAt ? TaskMove.Submit : TaskMove.Complete, task.Status)!.Value);
            // It does not become Done by a way around.
            if (isLookedAt)
                change.SetNeedsReview(task, true);
        }
        else if (!request.ForReview)
            change.SetStatus(TaskLife.To(TaskMove.Approve, task.Status)!.Value);
        if (request.Result is { } result && NewNote.Add(change, task, draft, NoteText.Result, result) is { } full)
            return Refused(task, full);
        ClaimEnd.FreeFiles(draft, task);
        return Done(task, change.Apply(), change.IsChange);
    }

    private Refusal? Refuse(CompleteRequest request, AgentTask task, bool isHuman, TaskDraft draft)
    {
        var inReview = task.Status == AgentTaskStatus.Review;
        // In Review the task is still assigned to who did it: whoever looks at it is somebody else.
        var worker = new Worker(request.Agent, isHuman, request.Callers);
        if ((request.Token is not null || !inReview)
            && ClaimCheck.Refuse(task, worker, request.Token, request.Force, draft.Now, liveness) is { } foreign)
        {
            return foreign;
        }
        if (!inReview && TaskLife.To(TaskMove.Complete, task.Status) is null)
            return LifeRefusals.Status(task, "only a task in progress can be completed");
        if (draft.OpenChildrenOf(task.Id) is { Count: > 0 } open)
            return LifeRefusals.ChildrenOpen(task, "is not completed", open, draft);
        if (inReview && !isHuman)
            return LifeRefusals.OnlyAPerson(task);
        // A person of the board is registered, or was given the task as one.
        var isGiven = Person.Has(task) && task.Owner == request.Agent;
        if (isHuman && !isGiven && Person.Find(draft, request.Agent, isPerson: true) is null)
            return LifeRefusals.NoPerson(task, request.Agent, draft.FindAgent(request.Agent)?.Type);
        return inReview && Approval.DidTheWork(draft, task, request.Agent) ? LifeRefusals.OwnWork(task, request.Agent) : null;
    }

    private static string? Type(string? value) =>
        value is null ? "The type of who completes the task is missing. Use agent, human or host." : Person.Fault(value);
}
