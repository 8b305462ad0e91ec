using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.PowerShell.Binding;

/// <summary>The tasks that ids and patterns name. An exact id wins: a task called "a[1]" is found by its name.</summary>
internal static class TaskSelection
{
    /// <summary>Selects in the order of the ids.</summary>
    /// <param name="board">Where to look.</param>
    /// <param name="ids">Ids or patterns; null for all tasks.</param>
    /// <param name="filter">What else is asked for.</param>
    /// <param name="onMissing">Told each plain id that no task has.</param>
    /// <param name="withArchived">Whether a plain id may be that of a task in the archive.</param>
    public static IEnumerable<AgentTask> Select(TaskBoard board, IReadOnlyList<string>? ids, TaskFilter filter, Action<string> onMissing,
        bool withArchived = false)
    {
        if (ids is null)
            return filter.Select(board);
        return ids.SelectMany(id => One(board, id, filter, onMissing, withArchived));
    }

    /// <summary>The refusal for an id that no task has.</summary>
    public static Refusal NotFound(string id) => new(RefusalCode.TaskNotFound, $"Task {id} not found", id);

    private static IEnumerable<AgentTask> One(TaskBoard board, string id, TaskFilter filter, Action<string> onMissing, bool withArchived)
    {
        var pattern = new NamePattern(id);
        if ((board.FindTask(id) ?? (pattern.Plain is null ? null : board.FindTask(pattern.Plain))) is { } exact)
            return filter.IsEmpty ? [exact] : filter.Select(board).Where(t => string.Equals(t.Id, exact.Id, StringComparison.Ordinal));
        if (pattern.Plain is null)
            return filter.Select(board).Where(t => pattern.IsMatch(t.Id));
        if (withArchived && board.FindArchivedTask(pattern.Plain) is { } archived)
        {
            return filter.IsEmpty ? [archived] : board.GetArchivedTasks(filter.Query)
                .Where(t => string.Equals(t.Id, archived.Id, StringComparison.Ordinal) && filter.Matches(t));
        }
        onMissing(pattern.Plain);
        return [];
    }
}
