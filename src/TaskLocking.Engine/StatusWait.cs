using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using TaskLocking.Board;
using TaskLocking.Model;
using TaskLocking.Rules;

namespace TaskLocking;

/// <summary>Waits until tasks have come to a status. One that has ended otherwise, or that is not there, is not waited for.</summary>
internal sealed class StatusWait(TaskBoard board, TaskWait wait)
{
    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public IReadOnlyList<TaskOutcome> Run(CancellationToken cancellationToken)
    {
        if (Fault() is { } fault)
            throw new TaskLockingException(RefusalCode.InvalidArgument, fault);
        var deadline = new Deadline(wait.AtMost);
        while (true)
        {
            var state = board.State(cancellationToken);
            var outcomes = wait.Ids.Select(id => Look(id, state)).ToList();
            var left = deadline.Remaining;
            if (IsOver(outcomes) || left == TimeSpan.Zero)
                return outcomes;
            board.WaitForChange(state.Version, left, cancellationToken);
        }
    }

    private bool IsOver(List<TaskOutcome> outcomes) =>
        (wait.Any && outcomes.Exists(outcome => outcome.Refusal is null))
        || !outcomes.Exists(outcome => outcome.Refusal is { Code: RefusalCode.WaitTimeout });

    private TaskOutcome Look(string id, ITaskState state)
    {
        if (state.Find(id) is not { } task)
            return new TaskOutcome(id, null, TaskRefusals.NotFound(id), Changed: false);
        if (wait.For.Contains(task.Status))
            return new TaskOutcome(id, task, null, Changed: false);
        var wanted = string.Join(" or ", wait.For.Select(TodoWords.Of));
        var why = task.Failure is { } failure && task.Status == AgentTaskStatus.Failed ? $": {failure.Reason}"
            : task.BlockedBy is { } block ? $": {block.Root} failed" : "";
        // A person can bring it back; who waits for that says so by the status that he waits for.
        var hasEnded = task.Status
            is AgentTaskStatus.Failed or AgentTaskStatus.Cancelled or AgentTaskStatus.Done or AgentTaskStatus.Blocked;
        return new TaskOutcome(id, null, new Refusal(hasEnded ? RefusalCode.StatusConflict : RefusalCode.WaitTimeout,
            hasEnded ? $"Task {id} is {task.StatusText}{why}: it will not be {wanted} as things stand"
                : $"Task {id} is {task.StatusText}, not {wanted}, after all the time that was to be waited")
        { TaskId = id, ExistingAssignee = task.Assignee }, Changed: false);
    }

    private string? Fault() => wait.Ids.Count == 0 ? "No task is named. Name at least one, for example T-1."
        : wait.For.Count == 0 ? "No status is named. Name at least one, for example Done."
        : wait.Ids.Select(TaskFields.NamedId).FirstOrDefault(fault => fault is not null)
            ?? wait.For.Select(status => TaskFields.Status(status)).FirstOrDefault(fault => fault is not null);
}
