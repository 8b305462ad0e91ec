using System;
using System.Collections.Generic;

namespace TaskLocking.Tasks;

/// <summary>
/// The change of one task, field by field. A field that has the value already is passed over; each other one gets its
/// <c>changes[]</c> entry (field, oldValue, newValue, timestamp, by), and <c>lastModified</c> is set, in the same commit.
/// </summary>
public sealed class TaskChange
{
    /// <summary>Sets a text field of the todo ("name", "content"); null removes it.</summary>
    public TaskChange Set(string field, string? oldValue, string? newValue) => throw new NotSupportedException(field + oldValue + newValue);

    /// <summary>Sets a list of texts of the todo ("tags", "dependencies").</summary>
    public TaskChange Set(string field, IReadOnlyList<string> oldValue, IReadOnlyList<string> newValue) => throw new NotSupportedException(field + oldValue + newValue);

    /// <summary>Sets a text field of ours ("agent", "taskFile", "swarm"), kept under <c>taskLocking</c>; null removes it.</summary>
    public TaskChange SetOwn(string field, string? oldValue, string? newValue) => throw new NotSupportedException(field + oldValue + newValue);

    /// <summary>Sets a list of ours ("requires").</summary>
    public TaskChange SetOwn(string field, IReadOnlyList<string> oldValue, IReadOnlyList<string> newValue) => throw new NotSupportedException(field + oldValue + newValue);

    /// <summary>Sets the status in the document's words, and <c>completedAt</c> with Done.</summary>
    public TaskChange SetStatus(AgentTaskStatus status) => throw new NotSupportedException(status.ToString());

    /// <summary>Sets the priority in the document's words.</summary>
    public TaskChange SetPriority(TaskPriority priority) => throw new NotSupportedException(priority.ToString());

    /// <summary>Sets who has the task; null for nobody. Logged as "type:name".</summary>
    public TaskChange SetAssignee(Assignee? assignee) => throw new NotSupportedException(assignee?.ToString());

    /// <summary>True if anything was set to a new value so far.</summary>
    public bool IsChange { get; }

    /// <summary>Records the change and gives the task as it will be; the same task if nothing changed.</summary>
    public AgentTask Apply() => throw new NotSupportedException();
}
