using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using TaskLocking.Benchmarks.Harness;
using TaskLocking.Benchmarks.Workers;

namespace TaskLocking.Benchmarks.Goals;

/// <summary>G2 and G3: durable commits of eight warm processes on one workspace of 100 and of 10,000 tasks.</summary>
internal sealed class DurableCommits : IGoal
{
    private const int Processes = 8;
    private const int Few = 100;
    private const int Many = 10_000;

    public IReadOnlyList<string> Ids => ["G2", "G3"];

    public string Title => "durable commits of 8 processes with 100 and 10,000 tasks, against lock, append, unlock, fdatasync in C";

    public async Task MeasureAsync(Bench bench, Report report)
    {
        var wantsMany = bench.Options.Wants("G3");
        List<GangReport> few = [], many = [], bare = [];
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            few.Add(await OursAsync(bench, Few));
            if (Bare(bench) is { } start)
                bare.Add(await Gang.RunAsync(Enumerable.Range(0, Processes)
                    .Select(_ => new ProcessStartInfo(start.FileName, start.ArgumentList))));
            if (wantsMany)
                many.Add(await OursAsync(bench, Many));
        }
        if (bench.Options.Wants("G2"))
            Add(report, "G2", "durable commits, 100 tasks", few, bare, Target.AtLeast(75, "%"));
        if (wantsMany)
        {
            Add(report, "G3", "durable commits, 10,000 tasks", many, bare, Target.AtLeast(70, "%"));
            report.Row("G3", "10,000 tasks / 100 tasks", Rate(many), Rate(few), Spread.OfRatios(Rates(many), Rates(few), 100),
                Target.AtLeast(85, "%"));
        }
        LockTimes.Note(report, "100 tasks", few);
        LockTimes.Note(report, "10,000 tasks", many);
    }

    private static void Add(Report report, string goal, string what, List<GangReport> ours, List<GangReport> bare, Target target)
    {
        if (bare.Count == 0)
            report.Missing(goal, what, Rate(ours), target);
        else
            report.Row(goal, what + " / C", Rate(ours), Rate(bare), Spread.OfRatios(Rates(ours), Rates(bare), 100), target);
    }

    private static async Task<GangReport> OursAsync(Bench bench, int tasks)
    {
        var (warm, workspace) = (bench.Scratch.Workspace(AssignLoad.WarmTasks), bench.Scratch.Workspace(tasks));
        var gang = await Gang.RunAsync(Enumerable.Range(0, Processes).Select(i =>
            Worker.Start("assign", bench.Options.Seconds, 0, warm, workspace, Programs.Argument(tasks), Programs.Argument(i))));
        Directory.Delete(workspace, recursive: true);
        return gang;
    }

    private static ProcessStartInfo? Bare(Bench bench)
    {
        var folder = bench.Scratch.Folder("commit");
        return bench.Peers.C("commit_loop", Path.Combine(folder, "lock"), Path.Combine(folder, "journal"),
            Programs.Argument(bench.Options.Seconds));
    }

    private static IEnumerable<double> Rates(List<GangReport> gangs) => gangs.Select(gang => gang.Rate);

    private static string Rate(List<GangReport> gangs) => Spread.MedianOf(Rates(gangs), "/s");
}
