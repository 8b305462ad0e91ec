using System;
using System.Collections.Generic;

namespace TaskLocking.Tasks;

/// <summary>A rule's view of the newest state, and the place where it records its changes. Later reads see earlier changes.</summary>
public sealed class TaskDraft : ITaskState
{
    /// <summary>The time of the commit, one value for all of it.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>Who makes the change.</summary>
    public string By { get; } = "";

    /// <inheritdoc/>
    public long Version => 0;

    /// <inheritdoc/>
    public int Count => 0;

    /// <inheritdoc/>
    public IEnumerable<AgentTask> Tasks => [];

    /// <inheritdoc/>
    public AgentTask? Find(string id) => throw new NotSupportedException(id);

    /// <summary>Adds a new todo at the end of the document (status Todo, created now) and gives the task.</summary>
    public AgentTask Create(TaskDefinition definition) => throw new NotSupportedException(definition?.Id);

    /// <summary>Begins a change of one task; nothing is recorded before <see cref="TaskChange.Apply"/>.</summary>
    public TaskChange Change(AgentTask task) => throw new NotSupportedException(task?.Id);

    /// <summary>Removes the todo.</summary>
    public void Remove(AgentTask task) => throw new NotSupportedException(task?.Id);
}
