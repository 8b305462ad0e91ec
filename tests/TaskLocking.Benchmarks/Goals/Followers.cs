using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using TaskLocking.Benchmarks.Harness;
using TaskLocking.Benchmarks.Workers;

namespace TaskLocking.Benchmarks.Goals;

/// <summary>What it costs who commit that somebody follows: eight processes with a follower beside them, against those without.</summary>
internal sealed class Followers : IGoal
{
    private const int Processes = 8;
    private const int Tasks = 100;
    private static readonly Target Least = Target.AtLeast(97, "%");

    public IReadOnlyList<string> Ids => ["events"];

    public string Title => "durable commits of 8 processes with a follower of the events, against those without";

    public async Task MeasureAsync(Bench bench, Report report)
    {
        List<double> followed = [], alone = [];
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            // By turns first and second: what the machine does besides is then shared.
            if (round % 2 == 0)
                followed.Add(await RateAsync(bench, isFollowed: true));
            alone.Add(await RateAsync(bench, isFollowed: false));
            if (round % 2 != 0)
                followed.Add(await RateAsync(bench, isFollowed: true));
        }
        report.Row("events", "durable commits with a follower / without", Spread.MedianOf(followed, "/s"), Spread.MedianOf(alone, "/s"),
            Spread.OfRatios(followed, alone, 100), Least);
    }

    private static async Task<double> RateAsync(Bench bench, bool isFollowed)
    {
        var (warm, workspace) = (bench.Scratch.Workspace(AssignLoad.WarmTasks), bench.Scratch.Workspace(Tasks));
        var starts = Enumerable.Range(0, Processes).Select(i =>
            Worker.Start("assign", bench.Options.Seconds, 0, warm, workspace, Programs.Argument(Tasks), Programs.Argument(i)));
        if (isFollowed)
            starts = starts.Append(Worker.Start("follow", bench.Options.Seconds, 0, bench.Scratch.Workspace(1), workspace));
        var gang = await Gang.RunAsync(starts);
        Directory.Delete(workspace, recursive: true);
        return gang.Rate;
    }
}
