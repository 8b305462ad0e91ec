using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>
/// Changes fields of tasks, one edit after the other; what is so already is no change. Refused, each for itself: InvalidArgument,
/// TaskNotFound, VersionChanged, DependencyCycle, what <see cref="ParentCheck"/> says of a parent, TaskNotReady for a status Done of a task
/// whose children are open, NotPermitted for a status that is not to be set by hand, NotOwner and
/// LeaseLost where that would end a claim that holds: a status that is set by hand does, unless it begins the claimed work.
/// </summary>
internal sealed class EditRule(IReadOnlyList<TaskEdit> edits, ILiveness? liveness = null)
    : TaskByTaskRule<TaskEdit>(edits, edit => edit.Id)
{
    protected override TaskOutcome Decide(TaskEdit edit, AgentTask task, TaskDraft draft)
    {
        var refusal = TaskRefusals.VersionChanged(task, edit.IfVersion)
            ?? TaskRefusals.Cycle(task.Id,
                NewCycles.Find(draft, task.Id, (edit.Dependencies ?? []).Except(task.Dependencies, StringComparer.Ordinal).ToList()))
            ?? RefuseParent(edit, task, draft)
            ?? PastReview(edit, task, draft)
            ?? PastChildren(edit, task, draft)
            ?? (EndsClaim(edit, task, draft) ? ClaimCheck.RefuseTaking(task, edit.Proof, draft.Now, liveness) : null);
        if (refusal is not null)
            return Refused(task, refusal);
        var change = Change(edit, task, draft);
        if (!change.IsChange)
            return Done(task, task, changed: false);
        var edited = change.Apply();
        if (edited.Claim is null)
            ClaimEnd.FreeFiles(draft, task);
        FailureTravel.Settle(draft, task, edited);
        return new TaskOutcome(task.Id, draft.Find(task.Id), null, Changed: true)
        {
            Previous = task,
            MissingDependencies = MissingDependencies.Of(draft, edited.Dependencies.Except(task.Dependencies, StringComparer.Ordinal)),
        };
    }

    // Neither at once nor in two steps: what has been in Review, or was begun for it, keeps the mark.
    private static Refusal? PastReview(TaskEdit edit, AgentTask task, TaskDraft draft)
    {
        if (edit.Status is { } wanted && wanted != task.Status
            && (!TaskLife.CanSet(task.Status, wanted) || (wanted == AgentTaskStatus.Done && task.NeedsReview)))
            return LifeRefusals.OnlyAPerson(task);
        return edit.NeedsReview == false && (task.NeedsReview || task.Status == AgentTaskStatus.Review)
            && Approval.HasBegun(task) && !Approval.IsReviewer(draft, task, draft.By)
            ? LifeRefusals.ReviewStays(task, draft.By)
            : null;
    }

    private static Refusal? RefuseParent(TaskEdit edit, AgentTask task, TaskDraft draft)
    {
        if (string.IsNullOrEmpty(edit.Parent) || string.Equals(edit.Parent, task.Parent, StringComparison.Ordinal))
            return null;
        var isOpen = edit.Status is { } status ? status is not (AgentTaskStatus.Done or AgentTaskStatus.Cancelled) : !task.IsClosed;
        return ParentCheck.Refuse(draft, task.Id, isOpen, edit.Parent!, edit.Dependencies ?? task.Dependencies);
    }

    private static Refusal? PastChildren(TaskEdit edit, AgentTask task, TaskDraft draft) =>
        edit.Status == AgentTaskStatus.Done && task.Status != AgentTaskStatus.Done
            && draft.OpenChildrenOf(task.Id) is { Count: > 0 } open ? LifeRefusals.ChildrenOpen(task, "is not done", open, draft) : null;

    // Takes it away, begins what somebody else is about to begin, or lets his time be over.
    private static bool EndsClaim(TaskEdit edit, AgentTask task, TaskDraft draft) =>
        (edit.Status is { } status && status != task.Status)
        || (edit.TimeLimit is { } limit && limit > TimeSpan.Zero && !(limit >= task.TimeLimit))
        || (edit.Dependencies is not null && FailureTravel.WouldBlock(draft, task, edit.Dependencies));

    protected override string? Fault(TaskEdit edit, TaskDraft draft) =>
        TaskFields.Name(edit.Name)
        ?? TaskFields.Status(edit.Status)
        ?? TaskFields.Priority(edit.Priority)
        ?? TaskFields.Content(edit.Content)
        ?? (string.IsNullOrEmpty(edit.Agent) ? null : draft.Names.Agent(edit.Agent))
        ?? TaskFields.TaskFile(edit.TaskFile)
        ?? draft.Names.Swarm(edit.Swarm)
        ?? draft.Names.Tags(edit.Tags)
        ?? TaskFields.Dependencies(edit.Dependencies, draft)
        ?? TaskFields.Requires(edit.Requires)
        ?? draft.Names.Agents(edit.AllowedAgents)
        ?? TaskFields.Files(edit.Files)
        ?? edit.FilesFault
        ?? TaskFields.MaxAttempt(edit.MaxAttempt)
        ?? (edit.RetryDelay == TimeSpan.Zero ? null : TaskFields.RetryDelay(edit.RetryDelay))
        ?? (edit.TimeLimit == TimeSpan.Zero ? null : TaskFields.TimeLimit(edit.TimeLimit));

    private static TaskChange Change(TaskEdit edit, AgentTask task, TaskDraft draft)
    {
        var change = draft.Change(task);
        if (edit.Name is not null)
            change.Set("name", task.Name, edit.Name);
        // An alias in an old file ("completed", "P1") stays as it is written while it means what is asked for.
        if (edit.Status is { } status && (status != task.Status || task.Foreign.HasDouble(Model.TodoField.Status)))
            SetStatus(change, task, status, edit.NeedsReview);
        if (edit.Priority is { } priority && priority != task.Priority)
            change.SetPriority(priority);
        if (edit.Content is not null && edit.Content != (task.Content ?? ""))
            change.Set("content", task.Content, edit.Content);
        if (edit.Tags is not null)
            change.Set("tags", task.Tags, TaskFields.Once(edit.Tags));
        if (edit.Dependencies is not null)
            SetDependencies(change, task, TaskFields.Once(edit.Dependencies));
        if (edit.Parent is not null)
            change.SetParent(edit.Parent.Length == 0 ? null : edit.Parent);
        SetOwn(change, "agent", task.Agent, edit.Agent);
        SetOwn(change, "taskFile", task.TaskFile, edit.TaskFile);
        SetOwn(change, "swarm", task.Swarm, edit.Swarm);
        if (edit.Requires is not null)
            change.SetOwn("requires", task.Requires, TaskFields.Once(edit.Requires));
        SetExecution(change, task, edit, draft.Now);
        return change;
    }

    // The whole new list: what of the old one is not understood stays only where it is named as it is written.
    private static void SetDependencies(TaskChange change, AgentTask task, IReadOnlyList<string> wanted)
    {
        var unread = task.Foreign.Dependencies;
        if (unread.Count == 0)
            change.Set("dependencies", task.Dependencies, wanted);
        else
            change.SetDependencies(wanted.Except(unread, StringComparer.Ordinal).ToList(), wanted.Where(unread.Contains).ToList());
    }

    private static void SetStatus(TaskChange change, AgentTask task, AgentTaskStatus status, bool? needsReview)
    {
        change.SetStatus(status);
        if (needsReview is null && (status == AgentTaskStatus.Review || task.Status == AgentTaskStatus.Review))
            change.SetNeedsReview(task, true);
        if (!TaskLife.KeepsClaim(task.Status, status))
            change.EndClaim(task);
        if (status == AgentTaskStatus.Done)
            change.ForgetTrouble(task);
    }

    private static void SetExecution(TaskChange change, AgentTask task, TaskEdit edit, DateTimeOffset now)
    {
        if (edit.AllowedAgents is not null)
            change.SetAllowedAgents(task, TaskFields.Once(edit.AllowedAgents));
        if (edit.Files is not null)
            change.SetFiles(task, TaskFields.Once(edit.Files));
        if (edit.MaxAttempt is { } most)
            change.SetMaxAttempt(task, most);
        if (edit.RetryDelay is { } delay)
            change.SetRetryDelay(task, delay == TimeSpan.Zero ? null : delay);
        if (edit.TimeLimit is { } limit)
            change.SetTimeLimit(task, limit == TimeSpan.Zero ? null : limit);
        if (edit.NotBefore is { } time)
            change.SetOnlyNotBefore(task, time > now ? time : null);
        if (edit.NeedsReview is { } needsReview)
            change.SetNeedsReview(task, needsReview);
    }

    private static void SetOwn(TaskChange change, string field, string? oldValue, string? newValue)
    {
        if (newValue is not null)
            change.SetOwn(field, oldValue, newValue.Length == 0 ? null : newValue);
    }
}
