using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Diagnostics;
using TaskLocking.Leases;
using TaskLocking.Scheduling;

namespace TaskLocking.Tasks;

/// <summary>
/// Changes fields of tasks, one edit after the other; what is so already is no change. Refused, each for itself: InvalidArgument,
/// TaskNotFound, VersionChanged, DependencyCycle, NotPermitted for a status that is not to be set by hand. A status that is set by hand
/// ends the claim, unless it begins the claimed work.
/// </summary>
internal sealed class EditRule(IReadOnlyList<TaskEdit> edits) : ITaskRule<IReadOnlyList<TaskOutcome>>
{
    public IReadOnlyList<TaskOutcome> Decide(TaskDraft draft)
    {
        var outcomes = new List<TaskOutcome>(edits.Count);
        foreach (var edit in edits)
            outcomes.Add(Decide(edit, draft));
        return outcomes;
    }

    private static TaskOutcome Decide(TaskEdit edit, TaskDraft draft)
    {
        if (Fault(edit, draft) is { } fault)
            return Refused(edit, TaskRefusals.Invalid(edit.Id, fault));
        if (draft.Find(edit.Id) is not { } task)
            return Refused(edit, TaskRefusals.NotFound(edit.Id));
        var refusal = TaskRefusals.VersionChanged(task, edit.IfVersion)
            ?? TaskRefusals.Cycle(task.Id,
                NewCycles.Find(draft, task.Id, (edit.Dependencies ?? []).Except(task.Dependencies, StringComparer.Ordinal).ToList()))
            ?? (edit.Status is { } wanted && !TaskLife.CanSet(task.Status, wanted) ? LifeRefusals.OnlyAPerson(task) : null);
        if (refusal is not null)
            return Refused(edit, refusal);
        var change = Change(edit, task, draft);
        if (!change.IsChange)
            return new TaskOutcome(task.Id, task, null, Changed: false) { Previous = task };
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

    private static TaskOutcome Refused(TaskEdit edit, Refusal refusal) => new(edit.Id ?? "", null, refusal, Changed: false);

    private static string? Fault(TaskEdit edit, TaskDraft draft) =>
        TaskFields.NamedId(edit.Id)
        ?? TaskFields.Name(edit.Name)
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
        if (edit.Status is { } status && (status != task.Status || task.Foreign.HasDouble(Storage.TodoField.Status)))
            SetStatus(change, task, status);
        if (edit.Priority is { } priority && priority != task.Priority)
            change.SetPriority(priority);
        if (edit.Content is not null && edit.Content != (task.Content ?? ""))
            change.Set("content", task.Content, edit.Content);
        if (edit.Tags is not null)
            change.Set("tags", task.Tags, TaskFields.Once(edit.Tags));
        if (edit.Dependencies is not null)
            SetDependencies(change, task, TaskFields.Once(edit.Dependencies));
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

    private static void SetStatus(TaskChange change, AgentTask task, AgentTaskStatus status)
    {
        change.SetStatus(status);
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
