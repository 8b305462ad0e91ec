using System.Collections.Generic;
using System.Threading.Tasks;
using TaskLocking.Benchmarks.Harness;

namespace TaskLocking.Benchmarks.Goals;

/// <summary>One measurement, which may answer several goals of the requirements.</summary>
internal interface IGoal
{
    /// <summary>The goals that it answers ("G2", "G3").</summary>
    IReadOnlyList<string> Ids { get; }

    /// <summary>What is measured, in a line.</summary>
    string Title { get; }

    /// <summary>Measures, alternating ours and the peer, and reports the rows.</summary>
    Task MeasureAsync(Bench bench, Report report);
}
