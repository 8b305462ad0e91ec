using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>What is wrong with the graph and with the todos that it is made of.</summary>
public sealed record GraphReport(int Tasks, int Dependencies, IReadOnlyList<IReadOnlyList<string>> Cycles,
    IReadOnlyList<DanglingDependency> Dangling) : BoardObject
{
    /// <summary>How many tasks there are.</summary>
    public int Tasks { get; } = Tasks;

    /// <summary>How many dependencies they have.</summary>
    public int Dependencies { get; } = Dependencies;

    /// <summary>
    /// One shortest circle for each knot of tasks that wait for one another: each waits for the next, the last for the first.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string>> Cycles { get; } = FixedList<IReadOnlyList<string>>.Of(Cycles.Select(FixedList<string>.Of));

    /// <summary>Dependencies on tasks that are not there.</summary>
    public IReadOnlyList<DanglingDependency> Dangling { get; private init => field = FixedList<DanglingDependency>.Of(value); }
        = FixedList<DanglingDependency>.Of(Dangling);

    /// <summary>Tasks that name a parent which is not there: they are nobody's children, and are done as others are.</summary>
    public IReadOnlyList<DanglingDependency> ParentMissing { get; internal init => field = FixedList<DanglingDependency>.Of(value); } = [];

    /// <summary>
    /// The tasks that will not be done as things stand, in document order: what they wait for will not come, or nobody can take them.
    /// </summary>
    public IReadOnlyList<StuckTask> Stuck { get; internal init => field = FixedList<StuckTask>.Of(value); } = [];

    /// <summary>What in the todos was not understood, by their place in the document, and remarks.</summary>
    public IReadOnlyList<TodoFinding> NotUnderstood { get; internal init => field = FixedList<TodoFinding>.Of(value); } = [];

    /// <summary>Whether nothing is wrong; remarks are not wrong.</summary>
    public bool IsHealthy => Cycles.Count == 0 && Dangling.Count == 0 && ParentMissing.Count == 0 && Stuck.Count == 0
        && !NotUnderstood.Any(finding => finding.IsError);

    private protected override BoardObject Parts(string workspace) => this with
    {
        Dangling = In(Dangling, workspace),
        ParentMissing = In(ParentMissing, workspace),
        Stuck = In(Stuck, workspace),
        NotUnderstood = In(NotUnderstood, workspace),
    };
}
