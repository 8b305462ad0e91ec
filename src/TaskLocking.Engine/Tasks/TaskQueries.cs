using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Tasks;

internal static class TaskQueries
{
    public static IReadOnlyList<AgentTask> Select(ITaskState state, TaskQuery? query) => query is null ? state.Tasks.ToList() : throw new NotSupportedException();

    public static IReadOnlyList<TaskHistoryEntry> History(ITaskState state, string id) => throw new NotSupportedException(id + state);

    public static IReadOnlyList<AssigneeWorkload> Workload(ITaskState state) => throw new NotSupportedException("" + state);
}
