using System;
using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>
/// A verb for several tasks, one after the other, each refused for itself and seeing what was done before it. How all of them begin: what
/// is wrong with the request is InvalidArgument, a task that is not there TaskNotFound.
/// </summary>
/// <param name="requests">One for each task; an outcome comes of each.</param>
/// <param name="idOf">The task that a request names.</param>
internal abstract class TaskByTaskRule<TRequest>(IReadOnlyList<TRequest> requests, Func<TRequest, string> idOf)
    : ITaskRule<IReadOnlyList<TaskOutcome>>
{
    public IReadOnlyList<TaskOutcome> Decide(TaskDraft draft)
    {
        var outcomes = new List<TaskOutcome>(requests.Count);
        foreach (var request in requests)
        {
            outcomes.Add(Decide(request, draft));
            FamilyRise.Settle(draft);
        }
        return outcomes;
    }

    /// <summary>What is wrong with a request beside the id, as a sentence; null for nothing.</summary>
    protected abstract string? Fault(TRequest request, TaskDraft draft);

    /// <summary>Decides over a task that is there.</summary>
    protected abstract TaskOutcome Decide(TRequest request, AgentTask task, TaskDraft draft);

    protected static TaskOutcome Refused(AgentTask task, Refusal refusal) => new(task.Id, null, refusal, Changed: false);

    protected static TaskOutcome Done(AgentTask before, AgentTask? after, bool changed = true) =>
        new(before.Id, after, null, changed) { Previous = before };

    private TaskOutcome Decide(TRequest request, TaskDraft draft)
    {
        var id = idOf(request);
        var fault = TaskFields.NamedId(id) ?? Fault(request, draft);
        var task = fault is null ? draft.Find(id) : null;
        return task is not null ? Decide(request, task, draft)
            : new TaskOutcome(id ?? "", null, fault is null ? TaskRefusals.NotFound(id!, draft) : TaskRefusals.Invalid(id, fault),
                Changed: false);
    }
}
