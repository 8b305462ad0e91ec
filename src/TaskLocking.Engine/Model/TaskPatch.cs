using System.Collections.Generic;

namespace TaskLocking.Model;

/// <summary>Fields of a task that change together.</summary>
internal sealed class TaskPatch : StateChange
{
    /// <param name="before">The task as it was, with earlier changes of the same commit.</param>
    /// <param name="fields">In the order in which they are written; of one that is there twice the last counts.</param>
    /// <param name="commit">What it comes with.</param>
    public TaskPatch(AgentTask before, IReadOnlyList<FieldChange> fields, ComingCommit commit)
    {
        Before = before;
        Fields = fields;
        var patched = new PatchedFacts(fields);
        FieldsSet = patched.Fields;
        After = new AgentTask(patched.Over(before.Facts), before.Source?.After(this, commit));
    }

    public AgentTask Before { get; }

    public AgentTask After { get; }

    public IReadOnlyList<FieldChange> Fields { get; }

    /// <summary>Which those are.</summary>
    public TodoField FieldsSet { get; }
}
