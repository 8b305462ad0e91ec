using System;
using System.Collections.Generic;
using TaskLocking.Model;
using TaskLocking.Ready;

namespace TaskLocking.Rules;

/// <summary>
/// Whether a task may become a child of another: TaskNotFound for a parent that is no task, StatusConflict for an open child of one that is
/// done with, DependencyCycle where the parent would wait for itself, InvalidArgument below the last level.
/// </summary>
internal static class ParentCheck
{
    /// <summary>Null if it may.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="id">The child, which need not be there yet.</param>
    /// <param name="isOpen">Whether it is neither done nor cancelled.</param>
    /// <param name="parent">The parent.</param>
    /// <param name="dependencies">All that the child depends on.</param>
    public static Refusal? Refuse(TaskDraft draft, string id, bool isOpen, string parent, IReadOnlyList<string> dependencies)
    {
        if (string.Equals(id, parent, StringComparison.Ordinal))
            return TaskRefusals.FamilyCycle(id, parent, [id]);
        if (draft.Find(parent) is not { } above)
            return TaskRefusals.NoParent(id, parent, draft);
        if (isOpen && above.Status is AgentTaskStatus.Done or AgentTaskStatus.Cancelled)
            return TaskRefusals.ClosedParent(id, above);
        // Of one that waits for nothing no way leads anywhere.
        var isAlone = dependencies.Count == 0 && draft.ChildrenOf(id).Count == 0;
        if (!isAlone && draft.Graph.FindCycle(id, dependencies, parent) is { Count: > 0 } circle)
            return TaskRefusals.FamilyCycle(id, parent, circle);
        var levels = isAlone ? 1 : draft.Graph.LevelsOf(id, TaskLife.MostLevels + 1);
        return LevelOf(draft, above, TaskLife.MostLevels + 1) + levels > TaskLife.MostLevels ? TaskRefusals.TooDeep(id, parent) : null;
    }

    // 1 for one that is nobody's child. A document may have circles, and ids that no task has.
    private static int LevelOf(TaskDraft draft, AgentTask task, int most)
    {
        var level = 1;
        for (var at = task; level < most && at.Parent is { } parent && draft.Find(parent) is { } above; at = above)
            level++;
        return level;
    }
}
