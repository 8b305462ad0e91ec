using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using TaskLocking.Benchmarks.Harness;
using TaskLocking.Benchmarks.Workers;

namespace TaskLocking.Benchmarks.Goals;

/// <summary>G4: defining tasks with 1,000 in the state, against reading and rewriting the document under a lock.</summary>
internal sealed class Defines : IGoal
{
    private const int Processes = 8;
    private const int Tasks = 1_000;
    private static readonly Target Target = Target.AtLeast(120, "×");

    public IReadOnlyList<string> Ids => ["G4"];

    public string Title => "define with 1,000 tasks, 8 processes, against Python filelock and JSON rewrite";

    public async Task MeasureAsync(Bench bench, Report report)
    {
        List<double> ours = [], old = [];
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            ours.Add(await OursAsync(bench));
            if (await OldAsync(bench) is { } rate)
                old.Add(rate);
        }
        var own = Spread.MedianOf(ours, "/s");
        if (old.Count == 0)
            report.Missing("G4", "define, 8 processes", own, Target);
        else
            report.Row("G4", "define, 8 processes / Python", own, Spread.MedianOf(old, "/s"), Spread.OfRatios(ours, old), Target);
    }

    private static async Task<double> OursAsync(Bench bench)
    {
        var (warm, workspace) = (bench.Scratch.Workspace(Tasks), bench.Scratch.Workspace(Tasks));
        return (await Gang.RunAsync(Enumerable.Range(0, Processes).Select(i =>
            Worker.Start("define", bench.Options.Seconds, 0, warm, workspace, Programs.Argument(i))))).Rate;
    }

    private static async Task<double?> OldAsync(Bench bench)
    {
        var state = Path.Combine(bench.Scratch.Workspace(Tasks), ".todo2", "state.todo2.json");
        var starts = Enumerable.Range(0, Processes)
            .Select(i => bench.Peers.Python("define_loop.py", state, Programs.Argument(bench.Options.Seconds), Programs.Argument(i)))
                .ToList();
        return starts.Contains(null) ? null : (await Gang.RunAsync(starts!)).Rate;
    }
}
