using System;
using System.Collections.Generic;
using TaskLocking.Tasks;

namespace TaskLocking.Scheduling;

/// <summary>Who waits for whom, kept up to date change by change. Not thread-safe.</summary>
internal sealed class TaskGraph
{
    private readonly Dictionary<string, AgentTask> _tasks = new(StringComparer.Ordinal);

    public TaskGraph(IEnumerable<AgentTask> tasks)
    {
        foreach (var task in tasks)
            Set(task.Id, task);
    }

    /// <summary>The tasks in Todo whose dependencies are all done, by priority, then age. Claims, times and agents are not looked at.</summary>
    public IEnumerable<AgentTask> Open => throw new NotSupportedException();

    /// <summary>The tasks that have a claim or are in progress.</summary>
    public IEnumerable<AgentTask> Active => throw new NotSupportedException();

    /// <summary>The ids of the tasks that wait for this one, which need not exist, in the order in which they came to.</summary>
    public IEnumerable<string> DependentsOf(string id) => throw new NotSupportedException();

    /// <summary>Makes the graph know the task as it is now; null: it is gone.</summary>
    public void Set(string id, AgentTask? task)
    {
        if (task is null)
            _tasks.Remove(id);
        else
            _tasks[id] = task;
    }

    /// <summary>A circle that new dependencies of a task would close: the task first, each waits for the next, the last for the first. Empty if none.</summary>
    public IReadOnlyList<string> FindCycle(string id, IEnumerable<string> added) => throw new NotSupportedException();
}
