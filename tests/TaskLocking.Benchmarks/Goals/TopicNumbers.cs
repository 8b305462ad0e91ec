using System;
using System.Collections.Generic;
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
            ours.Add(await RateAsync(project, Enumerable.Range(0, Processes).Select(i => Worker.Start("topic", 0, Each, warm, project, Arguments.Text(i)))));
            project = Project(bench);
            var starts = Enumerable.Range(0, Processes)
                .Select(i => bench.Peers.Bash("topic_loop.sh", Path.Combine(project, "specs"), Arguments.Text(Each), Arguments.Text(i))).ToList();
            if (!starts.Contains(null))
                old.Add(await RateAsync(project, starts!));
        }
        var own = $"{Spread.Text(Spread.Of(ours).Median)}/s";
        if (old.Count == 0)
            report.Missing("G5", "topics 1 to 600", own, Target);
        else
            report.Row("G5", "topics 1 to 600, 10 processes / bash", own, $"{Spread.Text(Spread.Of(old).Median)}/s", Spread.OfRatios(ours, old), Target);
    }

    private static string Project(Bench bench)
    {
        var project = bench.Scratch.Folder("project");
        Directory.CreateDirectory(Path.Combine(project, "specs"));
        return project;
    }

    private static async Task<double> RateAsync(string project, IEnumerable<System.Diagnostics.ProcessStartInfo> starts)
    {
        var rate = (await Gang.RunAsync(starts)).Rate;
        var numbers = Directory.EnumerateDirectories(Path.Combine(project, "specs")).Select(folder => Path.GetFileName(folder).Split('_')[0]).ToHashSet(StringComparer.Ordinal);
        return numbers.Count == Processes * Each ? rate : throw new InvalidOperationException($"Only {numbers.Count} numbers for {Processes * Each} topics.");
    }
}
