using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using TaskLocking.Benchmarks.Harness;
using TaskLocking.Benchmarks.Workers;

namespace TaskLocking.Benchmarks.Goals;

/// <summary>G1: what taking and releasing a free lock costs.</summary>
internal sealed class LockCost : IGoal
{
    private static readonly Target Target = Target.AtMost(1.9, "×");

    public IReadOnlyList<string> Ids => ["G1"];

    public string Title => "acquire and release, uncontended and verified, against open, flock, close in C";

    public async Task MeasureAsync(Bench bench, Report report)
    {
        var path = Path.Combine(bench.Scratch.Folder("lock"), "a.lock");
        var folder = Path.Combine(bench.Scratch.Folder("lock"), "a");
        var seconds = Programs.Argument(bench.Options.Seconds);
        var c = bench.Peers.C("lock_loop", path, seconds);
        var node = bench.Peers.Node("proper_lockfile.js", folder, seconds);
        List<double> ours = [], bare = [], npm = [];
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            ours.Add(await MicrosecondsAsync(Worker.Start("lock", bench.Options.Seconds, 0, path)));
            if (c is not null)
                bare.Add(await MicrosecondsAsync(c));
            if (node is not null)
                npm.Add(await MicrosecondsAsync(node));
        }
        var own = Spread.MedianOf(ours, " µs");
        if (c is null)
            report.Missing("G1", "acquire and release", own, Target);
        else
            report.Row("G1", "acquire and release / C", own, Spread.MedianOf(bare, " µs"), Spread.OfRatios(ours, bare), Target);
        if (node is not null)
            report.Row("", "acquire and release / npm proper-lockfile", own, Spread.MedianOf(npm, " µs"), Spread.OfRatios(ours, npm), "×");
    }

    private static async Task<double> MicrosecondsAsync(ProcessStartInfo start) => (await Gang.RunAsync([start])).MicrosecondsEach;
}
