using System.Collections.Generic;
using System.Threading.Tasks;
using TaskLocking.Benchmarks.Harness;
using TaskLocking.Benchmarks.Workers;

namespace TaskLocking.Benchmarks.Goals;

/// <summary>C9: how far 10,000 tasks are, once they are loaded.</summary>
internal sealed class ProgressCost : IGoal
{
    private const int Tasks = 10_000;

    public IReadOnlyList<string> Ids => ["C9"];

    public string Title => "progress of 10,000 tasks, loaded, each time after a change";

    public async Task MeasureAsync(Bench bench, Report report)
    {
        List<double> each = [];
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            var start = Worker.Start("progress", bench.Options.Seconds, 0, bench.Scratch.Workspace(Tasks), Programs.Argument(Tasks));
            each.Add((await Gang.RunAsync([start])).MicrosecondsEach / 1e3);
        }
        report.Row("C9", "change and progress, 10,000 tasks", Spread.MedianOf(each, " ms"), "", Spread.Of(each), Target.AtMost(10, "ms"));
    }
}
