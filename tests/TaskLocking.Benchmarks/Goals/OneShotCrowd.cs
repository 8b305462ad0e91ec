using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using TaskLocking.Benchmarks.Harness;

namespace TaskLocking.Benchmarks.Goals;

/// <summary>
/// G9: 200 processes of <c>tasklock task new</c> started at once; the longest of their waits for the lock, and the end of the last.
/// </summary>
internal sealed class OneShotCrowd : IGoal
{
    private const int Processes = 200;

    public IReadOnlyList<string> Ids => ["G9"];

    public string Title => "200 one-shot defines started at once: the longest wait for the lock, and the end of the last";

    public async Task MeasureAsync(Bench bench, Report report)
    {
        List<double> longest = [], all = [];
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            var workspace = bench.Scratch.Workspace(0);
            var crowd = await Crowd.RunAsync(Enumerable.Range(0, Processes).Select(i =>
                bench.CommandLine.Start(workspace, "--verbose", "--timeout", "60", "task", "new", $"T-{i}")));
            longest.Add(crowd.Max(member => VerboseReport.Waited(member.Error)));
            all.Add(crowd.Max(member => member.Seconds));
        }
        report.Row("G9", "200 defines at once, longest wait", Spread.MedianOf(longest, " s"), "", Spread.Of(longest),
            Target.AtMost(0.3, "s"));
        report.Row("G9", "200 defines at once, all done", Spread.MedianOf(all, " s"), "", Spread.Of(all), Target.AtMost(3, "s"));
    }
}
