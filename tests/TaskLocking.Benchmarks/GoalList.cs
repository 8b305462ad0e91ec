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
        new Followers(),
        new Defines(),
        new TopicNumbers(),
        new RepositoryNumbers(),
        new OneShot(),
        new OneShotSize(),
        new OtherTools(),
        new Pipeline(),
        new ModuleImport(),
        new OneShotCrowd(),
        new PostgresQueue(),
        new PostgresCommits(),
        new BulkImport(),
        new LargeGraph(),
        new SwarmProgress(),
        new Fleet(),
        new Claims(),
        new RequestDecision(),
        new Server(),
    ];
}
