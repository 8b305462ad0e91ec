using System;
using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>
/// Several tasks that get, or lose, an assignee together. First every task is judged, then, unless one was refused and the batch is
/// all or nothing, the changes are recorded. An id that is named twice counts once. A claim of whoever had the task ends, and work that
/// was going on under it goes back to Todo.
/// </summary>
/// <param name="ids">At least one.</param>
/// <param name="skipConflict">Change what can be changed although others are refused.</param>
/// <param name="ifVersion">The version that each task must have.</param>
internal sealed class AssignmentBatch(IReadOnlyList<string> ids, bool skipConflict, long? ifVersion)
{
    /// <param name="draft">The state.</param>
    /// <param name="assignee">Who shall have the tasks; null for nobody.</param>
    /// <param name="refuse">Judges a task that has another assignee than that; null for granted.</param>
    /// <exception cref="TaskLockingException">InvalidArgument when there is no id at all.</exception>
    public AssignmentResult Decide(TaskDraft draft, Assignee? assignee, Func<AgentTask, Refusal?> refuse)
    {
        if (ids.Count == 0)
            throw new TaskLockingException(RefusalCode.InvalidArgument, "No task is named. Give at least one id, for example T-1.");
        var items = Judge(draft, assignee, refuse);
        var refused = new List<string>();
        foreach (var item in items)
        {
            if (item.Refusal is not null)
                refused.Add(item.Id);
        }
        var done = new List<TaskOutcome>(items.Count);
        var failed = new List<TaskOutcome>();
        foreach (var (id, task, refusal) in items)
        {
            if (refusal is not null)
                failed.Add(new TaskOutcome(id, null, refusal, Changed: false));
            else if (IsSo(task!, assignee))
                done.Add(new TaskOutcome(id, task, null, Changed: false) { Previous = task });
            else if (refused.Count > 0 && !skipConflict)
                failed.Add(new TaskOutcome(id, null, TaskRefusals.OfBatch(id, refused), Changed: false));
            else
                done.Add(new TaskOutcome(id, Give(draft, task!, assignee), null, Changed: true) { Previous = task });
        }
        return new AssignmentResult(failed.Count == 0 || (skipConflict && done.Count > 0), done, failed);
    }

    private static AgentTask Give(TaskDraft draft, AgentTask task, Assignee? assignee)
    {
        var change = draft.Change(task).SetAssignee(assignee);
        if (task.Claim is null)
            return change.Apply();
        change.EndClaim(task);
        if (TaskLife.To(TaskMove.Return, task.Status) is { } status)
            change.SetStatus(status);
        ClaimEnd.FreeFiles(draft, task);
        return ClaimEnd.Settle(draft, task, change.Apply());
    }

    private List<(string Id, AgentTask? Task, Refusal? Refusal)> Judge(TaskDraft draft, Assignee? assignee,
        Func<AgentTask, Refusal?> refuse)
    {
        var items = new List<(string, AgentTask?, Refusal?)>(ids.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var named in ids)
        {
            var id = named ?? "";
            if (!seen.Add(id))
                continue;
            var fault = TaskFields.NamedId(id);
            var task = fault is null ? draft.Find(id) : null;
            var refusal = fault is not null ? TaskRefusals.Invalid(id, fault)
                : task is null ? TaskRefusals.NotFound(id, draft)
                : TaskRefusals.VersionChanged(task, ifVersion) ?? (IsSo(task, assignee) ? null : refuse(task));
            items.Add((id, task, refusal));
        }
        return items;
    }

    private static bool IsSo(AgentTask task, Assignee? assignee) =>
        !task.Foreign.HasDouble(TodoField.Assignee) && (assignee is null ? task.Assignee is null : assignee.IsSameAs(task.Assignee));
}
