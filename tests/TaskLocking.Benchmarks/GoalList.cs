using System.Collections.Generic;
using TaskLocking.Benchmarks.Goals;

namespace TaskLocking.Benchmarks;

/// <summary>All goals in the order in which they are measured.</summary>
internal static class GoalList
{
    public static IReadOnlyList<IGoal> All { get; } =
    [
        new LockCost(),
        new DurableCommits(),
        new Defines(),
        new TopicNumbers(),
        new OneShotSize(),
        new Pipeline(),
        new ModuleImport(),
        new OneShotCrowd(),
        new LargeGraph(),
        new SwarmProgress(),
    ];
}
