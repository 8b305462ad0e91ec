using System;
using System.Collections.Generic;

namespace TaskLocking.Rules;

/// <summary>
/// Works out which tasks a change of some tasks blocks or frees: takes the cause from everything behind them that has one, and gives it
/// anew, breadth first, from what is sure to be one. A least fixpoint: what is only held by itself stays free.
/// </summary>
internal sealed class FailureWalk(TaskDraft draft)
{
    // What is in here with null has lost its cause and got none yet.
    private readonly Dictionary<string, TaskBlock?> _causes = new(StringComparer.Ordinal);
    private readonly List<AgentTask> _affected = [];
    private readonly Queue<AgentTask> _spread = new();

    /// <summary>Whether failures of others reach the task: it waits to be begun.</summary>
    public static bool CanBeBlocked(AgentTask task) =>
        task.Status == AgentTaskStatus.Todo || task is { Status: AgentTaskStatus.Blocked, BlockedBy: not null };

    /// <summary>
    /// The tasks whose cause is another than before, in document order as far as they depend on one task, each with its cause.
    /// </summary>
    public List<(AgentTask Task, TaskBlock? Cause)> Derive(IReadOnlyList<string> changed)
    {
        Collect(changed);
        for (var i = 0; i < _affected.Count; i++)
            Begin(_affected[i]);
        foreach (var id in changed)
        {
            if (draft.Find(id) is { Status: AgentTaskStatus.Failed } failed)
                _spread.Enqueue(failed);
        }
        Spread();
        var differences = new List<(AgentTask, TaskBlock?)>();
        foreach (var task in _affected)
        {
            var cause = _causes[task.Id];
            if (task.BlockedBy != cause || (CanBeBlocked(task) && task.Status == AgentTaskStatus.Todo != (cause is null)))
                differences.Add((task, cause));
        }
        return differences;
    }

    private void Collect(IReadOnlyList<string> changed)
    {
        foreach (var id in changed)
        {
            if (draft.Find(id) is { } task && (CanBeBlocked(task) || task.BlockedBy is not null))
                Affect(task);
        }
        // What waited for a changed task may have its cause from it, whatever the task is now.
        foreach (var id in changed)
            TakeFromDependents(id);
        for (var i = 0; i < _affected.Count; i++)
        {
            if (_affected[i].BlockedBy is not null)
                TakeFromDependents(_affected[i].Id);
        }
    }

    private void TakeFromDependents(string id)
    {
        foreach (var dependent in draft.Graph.DependentsOf(id))
        {
            if (draft.Find(dependent) is { Status: AgentTaskStatus.Blocked, BlockedBy: not null } blocked)
                Affect(blocked);
        }
    }

    private void Affect(AgentTask task)
    {
        if (_causes.ContainsKey(task.Id))
            return;
        _causes.Add(task.Id, null);
        _affected.Add(task);
    }

    // A cause that does not come from what was taken away.
    private void Begin(AgentTask task)
    {
        if (!CanBeBlocked(task))
            return;
        TaskBlock? cause = null;
        foreach (var id in task.Dependencies)
        {
            var dependency = draft.Find(id);
            if (dependency is { Status: AgentTaskStatus.Failed })
            {
                cause = new TaskBlock(id, id);
                break;
            }
            if (cause is null && dependency?.IsCause == true && !_causes.ContainsKey(id))
                cause = new TaskBlock(id, dependency!.BlockedBy!.Root);
        }
        if (cause is not null)
            Give(task, cause);
    }

    private void Spread()
    {
        while (_spread.Count > 0)
        {
            var task = _spread.Dequeue();
            var root = task.Status == AgentTaskStatus.Failed ? task.Id : _causes[task.Id]!.Root;
            foreach (var id in draft.Graph.DependentsOf(task.Id))
            {
                if (draft.Find(id) is not { } dependent || !CanBeBlocked(dependent))
                    continue;
                // One that is blocked and was not taken away has a cause that stands.
                if (dependent.Status == AgentTaskStatus.Blocked && !_causes.ContainsKey(id))
                    continue;
                Affect(dependent);
                if (_causes[id] is null)
                    Give(dependent, new TaskBlock(task.Id, root));
            }
        }
    }

    private void Give(AgentTask task, TaskBlock cause)
    {
        _causes[task.Id] = cause;
        _spread.Enqueue(task);
    }
}
