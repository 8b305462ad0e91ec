using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>
/// Leaves notes on tasks, whatever they are in: who may write may say something. Refused, each for itself and in this order:
/// InvalidArgument, TaskNotFound, VersionChanged, InvalidArgument for what there is no room for.
/// </summary>
internal sealed class NoteRule(IReadOnlyList<NoteRequest> requests) : TaskByTaskRule<NoteRequest>(requests, request => request.Id)
{
    protected override string? Fault(NoteRequest request, TaskDraft draft) =>
        NoteText.KindFault(request.Kind) ?? NoteText.Fault(request.Text);

    protected override TaskOutcome Decide(NoteRequest request, AgentTask task, TaskDraft draft)
    {
        if (TaskRefusals.VersionChanged(task, request.IfVersion) is { } changed)
            return Refused(task, changed);
        var change = draft.Change(task);
        return NewNote.Add(change, task, draft, request.Kind, request.Text) is { } full ? Refused(task, full) : Done(task, change.Apply());
    }
}
