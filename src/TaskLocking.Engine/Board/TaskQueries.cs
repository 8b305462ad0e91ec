using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Rules;
using TaskLocking.Todo2;

namespace TaskLocking.Board;

/// <summary>What can be asked of a snapshot.</summary>
internal static class TaskQueries
{
    /// <summary>The tasks that meet every condition of the query, in document order.</summary>
    public static IReadOnlyList<AgentTask> Select(ITaskState state, TaskQuery? query, DateTimeOffset now = default) =>
        Select(state.Tasks, query, now);

    /// <summary>The same of any tasks.</summary>
    public static IReadOnlyList<AgentTask> Select(IEnumerable<AgentTask> tasks, TaskQuery? query, DateTimeOffset now = default) =>
        (query is null ? tasks : tasks.Where(task => Meets(task, query, now))).ToList();

    /// <summary>The changes of a task and the notes on it, oldest first, wherever the task is.</summary>
    /// <exception cref="TaskLockingException">TaskNotFound.</exception>
    public static IReadOnlyList<TaskHistoryEntry> History(ITaskState state, string id, IHistoryArchive? archive = null,
        Func<string, AgentTask?>? findArchived = null)
    {
        if (TaskFields.NamedId(id) is { } fault)
            throw new TaskLockingException(TaskRefusals.Invalid(id, fault));
        var task = state.Find(id) ?? findArchived?.Invoke(id) ?? throw new TaskLockingException(TaskRefusals.NotFound(id));
        return WithNotes(task, archive is null ? task.ReadHistory() : task.ReadHistory(archive));
    }

    // What was written by one commit is told in its order: what changed, then what was said about it.
    private static IReadOnlyList<TaskHistoryEntry> WithNotes(AgentTask task, IReadOnlyList<TaskHistoryEntry> history)
    {
        var notes = task.Notes;
        if (notes.Count == 0)
            return history;
        var all = new List<TaskHistoryEntry>(history.Count + notes.Count);
        var told = 0;
        var time = DateTimeOffset.MinValue;
        foreach (var note in notes)
        {
            time = note.Created > time ? note.Created.Value : time;
            for (; told < history.Count && !(history[told].Timestamp > time); told++)
                all.Add(history[told]);
            all.Add(new TaskHistoryEntry(task.Id, note.Kind == NoteText.Result ? NoteText.Result : NoteText.Note, null, note.Text,
                note.Created, note.By));
        }
        all.AddRange(history.Skip(told));
        return all;
    }

    /// <summary>Everybody who has tasks, most open tasks first, then by name.</summary>
    public static IReadOnlyList<AssigneeWorkload> Workload(ITaskState state)
    {
        var loads = new Dictionary<(string Type, string Name), AssigneeWorkload>();
        foreach (var task in state.Tasks)
        {
            if (task.Assignee is not { } assignee)
                continue;
            var key = (assignee.Type, assignee.Name);
            if (!loads.TryGetValue(key, out var load))
                load = new AssigneeWorkload(assignee.Type, assignee.Name, 0, 0, 0);
            var isOpen = task.Status is not (AgentTaskStatus.Done or AgentTaskStatus.Cancelled or AgentTaskStatus.Failed);
            loads[key] = new AssigneeWorkload(
                assignee.Type,
                assignee.Name,
                load.Open + (isOpen ? 1 : 0),
                load.InProgress + (task.Status == AgentTaskStatus.InProgress ? 1 : 0),
                load.Total + 1);
        }
        return loads.Values
            .OrderByDescending(load => load.Open)
            .ThenBy(load => load.Name, StringComparer.Ordinal)
            .ThenBy(load => load.Type, StringComparer.Ordinal)
            .ToList();
    }

    private static bool Meets(AgentTask task, TaskQuery query, DateTimeOffset now) =>
        (query.Statuses.Count == 0 || query.Statuses.Contains(task.Status))
        && (query.IsAssigned is null || query.IsAssigned == (task.Assignee is not null))
        && (query.Assignee is null || task.Assignee?.IsNamed(query.Assignee) == true)
        && (query.Swarm is null || string.Equals(task.Swarm, query.Swarm, StringComparison.Ordinal))
        && (query.Parent is not { } parent || string.Equals(task.Parent ?? "", parent, StringComparison.Ordinal))
        && query.Tags.All(tag => task.Tags.Contains(tag, StringComparer.Ordinal))
        && (query.UnchangedFor is not { } span || now - (task.LastModified ?? task.Created ?? now) >= span)
        && WordSearch.HasAll(task, query.Words);
}
