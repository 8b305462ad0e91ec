using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Characters;
using TaskLocking.Diagnostics;
using TaskLocking.Tasks;

namespace TaskLocking.Leases;

/// <summary>
/// Ends work: Done, or Review where a person has to look at it; a person brings a task from Review to Done. Refused, each for itself and
/// in this order: InvalidArgument, TaskNotFound, LeaseLost, NotOwner, StatusConflict, NotPermitted: for who is no person, and for who did
/// the work himself.
/// </summary>
internal sealed class CompleteRule(IReadOnlyList<CompleteRequest> requests, ILiveness? liveness = null)
    : ITaskRule<IReadOnlyList<TaskOutcome>>
{
    public IReadOnlyList<TaskOutcome> Decide(TaskDraft draft)
    {
        var outcomes = new List<TaskOutcome>(requests.Count);
        foreach (var request in requests)
            outcomes.Add(Decide(request, draft));
        return outcomes;
    }

    private TaskOutcome Decide(CompleteRequest request, TaskDraft draft)
    {
        var fault = TaskFields.NamedId(request.Id) ?? LeaseFields.Agent(request.Agent, draft.Find(request.Id)) ?? Type(request.Type);
        if (fault is not null)
            return Refused(request, TaskRefusals.Invalid(request.Id, fault));
        if (draft.Find(request.Id) is not { } task)
            return Refused(request, TaskRefusals.NotFound(request.Id));
        var isHuman = ClaimCheck.IsPerson(draft, task, request.Agent, request.Type);
        if (Refuse(request, task, isHuman, draft) is { } refusal)
            return Refused(request, refusal);
        var change = draft.Change(task).EndClaim(task).ForgetTrouble(task);
        if (task.Status != AgentTaskStatus.Review)
            change.SetStatus(TaskLife.To(request.ForReview || (task.NeedsReview && !isHuman) ? TaskMove.Submit : TaskMove.Complete,
                task.Status)!.Value);
        else if (!request.ForReview)
            change.SetStatus(TaskLife.To(TaskMove.Approve, task.Status)!.Value);
        ClaimEnd.FreeFiles(draft, task);
        return new TaskOutcome(task.Id, change.Apply(), null, change.IsChange) { Previous = task };
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
        if (inReview && !isHuman)
            return LifeRefusals.OnlyAPerson(task);
        // A person of the board is registered, or was given the task as one.
        var isGiven = Person.Has(task) && ClaimCheck.Owner(task) == request.Agent;
        if (isHuman && !isGiven && Person.Find(draft, request.Agent, isPerson: true) is null)
            return LifeRefusals.NoPerson(task, request.Agent, draft.FindAgent(request.Agent)?.Type);
        return inReview && DidTheWork(task, request.Agent) ? LifeRefusals.OwnWork(task, request.Agent) : null;
    }

    // He still has it assigned; else the history tells who claimed it last. Whether as a person or not, and
    // however it is spelled: no name looks at its own work.
    private static bool DidTheWork(AgentTask task, string name)
    {
        if (LookAlike.Comparer.Equals(ClaimCheck.Owner(task), name))
            return true;
        var last = TaskHistory.Read(task).LastOrDefault(entry => entry is { Field: "claim", NewValue: not null })?.NewValue;
        return last is not null && last.LastIndexOf(" #", StringComparison.Ordinal) is var end and > 0
            && LookAlike.Comparer.Equals(last.Substring(0, end), name);
    }

    private static TaskOutcome Refused(CompleteRequest request, Refusal refusal) => new(request.Id ?? "", null, refusal, Changed: false);

    private static string? Type(string? value) =>
        value is null ? "The type of who completes the task is missing. Use agent, human or host." : Person.Fault(value);
}
