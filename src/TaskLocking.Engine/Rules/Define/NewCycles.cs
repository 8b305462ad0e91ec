using System.Collections.Generic;
using TaskLocking.Ready;

namespace TaskLocking.Rules;

/// <summary>
/// Asks the graph where there is one already, or tasks have parents, which wait, too; else walks what the dependencies reach, which reads
/// less than a graph would.
/// </summary>
internal static class NewCycles
{
    /// <summary>A shortest circle that new dependencies of a task would close; empty if none.</summary>
    public static IReadOnlyList<string> Find(TaskDraft draft, string id, IReadOnlyList<string> added) =>
        added.Count == 0 ? []
        : (draft.FamilyGraph is null ? draft.BuiltGraph : draft.Graph) is { } graph ? graph.FindCycle(id, added)
        : new DependencyCycles(draft).Find(id, added);
}
