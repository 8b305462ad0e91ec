using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>
/// Adds dependencies to tasks or takes them away, one edit after the other; what is so already is no change. Refused, each for itself:
/// InvalidArgument, TaskNotFound, VersionChanged, DependencyCycle, NotOwner where a failure would take a claimed task from who has it. An
/// edit sees those before it.
/// </summary>
internal sealed class DependencyRule(IReadOnlyList<DependencyEdit> edits, bool remove, ILiveness? liveness = null)
    : TaskByTaskRule<DependencyEdit>(edits, edit => edit.Id)
{
    protected override TaskOutcome Decide(DependencyEdit edit, AgentTask task, TaskDraft draft)
    {
        var dependencies = remove
            ? task.Dependencies.Except(edit.DependsOn, StringComparer.Ordinal).ToList()
            : task.Dependencies.Union(edit.DependsOn, StringComparer.Ordinal).ToList();
        var refusal = TaskRefusals.VersionChanged(task, edit.IfVersion)
            ?? TaskRefusals.Cycle(task.Id,
                NewCycles.Find(draft, task.Id, dependencies.Except(task.Dependencies, StringComparer.Ordinal).ToList()))
            ?? (!remove && FailureTravel.WouldBlock(draft, task, dependencies)
                ? ClaimCheck.RefuseTaking(task, null, draft.Now, liveness) : null);
        if (refusal is not null)
            return Refused(task, refusal);
        var unread = task.Foreign.Dependencies;
        var kept = remove ? unread.Except(edit.DependsOn, StringComparer.Ordinal).ToList() : unread;
        // A list that names one twice, which only a file from elsewhere has, is not tidied by a change of nothing.
        var isSo = remove
            ? kept.Count == unread.Count && !edit.DependsOn.Any(id => task.Dependencies.Contains(id, StringComparer.Ordinal))
            : dependencies.Count == task.Dependencies.Distinct(StringComparer.Ordinal).Count();
        if (isSo)
            return Done(task, task, changed: false);
        var change = draft.Change(task);
        var after = (unread.Count == 0
            ? change.Set("dependencies", task.Dependencies, dependencies)
            : change.SetDependencies(dependencies, kept)).Apply();
        FailureTravel.Settle(draft, task, after);
        return new TaskOutcome(task.Id, draft.Find(task.Id), null, Changed: true)
        {
            Previous = task,
            MissingDependencies = remove ? []
                : MissingDependencies.Of(draft, dependencies.Except(task.Dependencies, StringComparer.Ordinal)),
        };
    }

    protected override string? Fault(DependencyEdit edit, TaskDraft draft)
    {
        if (edit.DependsOn is not { Count: > 0 })
            return $"No dependency of {edit.Id} is named. Name at least one task that it waits for, for example T-1.";
        // What a file may hold can be taken out; what is put in must be an id.
        return remove ? edit.DependsOn.Select(TaskFields.NamedId).FirstOrDefault(found => found is not null)
            : TaskFields.Dependencies(edit.DependsOn, draft);
    }
}
