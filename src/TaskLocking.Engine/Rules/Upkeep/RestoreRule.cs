using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>
/// Brings archived tasks back into the document, as they were. Refused, each for itself: InvalidArgument, TaskNotFound. One that is there
/// is no change.
/// </summary>
internal sealed class RestoreRule(IReadOnlyList<string> ids) : ITaskRule<IReadOnlyList<TaskOutcome>>
{
    public IReadOnlyList<TaskOutcome> Decide(TaskDraft draft)
    {
        draft.LookUp(ids);
        var outcomes = new List<TaskOutcome>(ids.Count);
        foreach (var id in ids)
        {
            if (TaskFields.NamedId(id) is { } fault)
                outcomes.Add(new TaskOutcome(id ?? "", null, TaskRefusals.Invalid(id, fault), Changed: false));
            else if (draft.Find(id) is { } there)
                outcomes.Add(new TaskOutcome(id, there, null, Changed: false) { Previous = there });
            else if (draft.FindArchived(id) is { } archived)
                outcomes.Add(new TaskOutcome(id, draft.BringBack(archived), null, Changed: true));
            else
                outcomes.Add(new TaskOutcome(id, null, TaskRefusals.NotFound(id), Changed: false));
        }
        return outcomes;
    }
}
