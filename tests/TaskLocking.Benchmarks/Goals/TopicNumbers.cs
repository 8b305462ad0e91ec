using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using TaskLocking.Benchmarks.Harness;
using TaskLocking.Benchmarks.Workers;

namespace TaskLocking.Benchmarks.Goals;

/// <summary>G5: ten processes allocate the topics 1 to 600, against ls, sed, sort and mkdir under flock.</summary>
internal sealed class TopicNumbers : IGoal
{
    private const int Processes = 10;
    private const int Each = 60;
    private static readonly Target Target = Target.AtLeast(40, "×");

    public IReadOnlyList<string> Ids => ["G5"];

    public string Title => "topics 1 to 600 by 10 processes, against bash with flock, ls, sed, sort, mkdir";

    public async Task MeasureAsync(Bench bench, Report report)
    {
        List<double> ours = [], old = [];
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            var (warm, project) = (Project(bench), Project(bench));
            var workers = Enumerable.Range(0, Processes).Select(i => Worker.Start("topic", 0, Each, warm, project, Programs.Argument(i)));
            ours.Add(await RateAsync(project, workers));
            project = Project(bench);
            var specs = Path.Combine(project, "specs");
            var starts = Enumerable.Range(0, Processes)
                .Select(i => bench.Peers.Bash("topic_loop.sh", specs, Programs.Argument(Each), Programs.Argument(i))).ToList();
            if (!starts.Contains(null))
                old.Add(await RateAsync(project, starts!));
        }
        var own = Spread.MedianOf(ours, "/s");
        if (old.Count == 0)
            report.Missing("G5", "topics 1 to 600", own, Target);
        else
            report.Row("G5", "topics 1 to 600, 10 processes / bash", own, Spread.MedianOf(old, "/s"), Spread.OfRatios(ours, old), Target);
    }

    private static string Project(Bench bench)
    {
        var project = bench.Scratch.Folder("project");
        Directory.CreateDirectory(Path.Combine(project, "specs"));
        return project;
    }

    private static async Task<double> RateAsync(string project, IEnumerable<ProcessStartInfo> starts)
    {
        var rate = (await Gang.RunAsync(starts)).Rate;
        var folders = Directory.EnumerateDirectories(Path.Combine(project, "specs"));
        var numbers = folders.Select(folder => Path.GetFileName(folder).Split('_')[0]).ToHashSet(StringComparer.Ordinal);
        if (numbers.Count != Processes * Each)
            throw new InvalidOperationException($"Only {numbers.Count} numbers for {Processes * Each} topics.");
        return rate;
    }
}
