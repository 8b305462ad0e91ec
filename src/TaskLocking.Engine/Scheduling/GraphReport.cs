using System.Collections.Generic;

namespace TaskLocking.Scheduling;

/// <summary>What is wrong with the graph; a healthy one has neither cycles nor dangling ids.</summary>
/// <param name="Tasks">How many tasks there are.</param>
/// <param name="Dependencies">How many dependencies they have.</param>
/// <param name="Cycles">One shortest circle for each knot of tasks that wait for one another: each waits for the next, the last for the first.</param>
/// <param name="Dangling">Dependencies on tasks that are not there.</param>
public sealed record GraphReport(int Tasks, int Dependencies, IReadOnlyList<IReadOnlyList<string>> Cycles, IReadOnlyList<DanglingDependency> Dangling)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool IsHealthy => Cycles.Count == 0 && Dangling.Count == 0;
}
