using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Scheduling;

/// <summary>What is wrong with the graph; a healthy one has neither cycles nor dangling ids.</summary>
public sealed record GraphReport(int Tasks, int Dependencies, IReadOnlyList<IReadOnlyList<string>> Cycles, IReadOnlyList<DanglingDependency> Dangling) : ValueObject
{
    /// <summary>How many tasks there are.</summary>
    public int Tasks { get; } = Tasks;

    /// <summary>How many dependencies they have.</summary>
    public int Dependencies { get; } = Dependencies;

    /// <summary>One shortest circle for each knot of tasks that wait for one another: each waits for the next, the last for the first.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Cycles { get; } = FixedList<IReadOnlyList<string>>.Of(Cycles.Select(FixedList<string>.Of));

    /// <summary>Dependencies on tasks that are not there.</summary>
    public IReadOnlyList<DanglingDependency> Dangling { get; } = FixedList<DanglingDependency>.Of(Dangling);

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsHealthy => Cycles.Count == 0 && Dangling.Count == 0;
}
