using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Benchmarks.Harness;

/// <summary>What a gang of processes did between its first start and its last end.</summary>
internal sealed record GangReport(IReadOnlyList<WorkerReport> Workers)
{
    /// <summary>From the first begin to the last end.</summary>
    public double Seconds => (Workers.Max(worker => worker.End) - Workers.Min(worker => worker.Begin)) / 1e9;

    /// <summary>Operations of all together.</summary>
    public long Operations => Workers.Sum(worker => worker.Operations);

    /// <summary>Operations of all together in a second.</summary>
    public double Rate => Operations / Seconds;

    /// <summary>Microseconds that one operation takes, where the processes do not disturb each other.</summary>
    public double MicrosecondsEach => Seconds * 1e6 / Operations;
}
