using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using TaskLocking.Benchmarks.Harness;

namespace TaskLocking.Benchmarks.Goals;

/// <summary>G6: one <c>tasklock assign</c> as a whole process, against a C program that does the least of it.</summary>
internal sealed class OneShot : IGoal
{
    private const int Runs = 21;
    private const int Tasks = 10;

    public IReadOnlyList<string> Ids => ["G6"];

    public string Title => "one tasklock assign as a process, against a C program that starts, locks, appends, flushes and ends";

    public Task MeasureAsync(Bench bench, Report report)
    {
        var (workspace, folder) = (bench.Scratch.Workspace(Tasks), bench.Scratch.Folder("commit"));
        var bare = bench.Peers.C("commit_once", Path.Combine(folder, "lock"), Path.Combine(folder, "journal"));
        List<double> ours = [], peer = [];
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            List<double> ourRuns = [], peerRuns = [];
            for (var run = 0; run < Runs; run++)
            {
                ourRuns.Add(Programs.Milliseconds(
                    bench.CommandLine.Start(workspace, "assign", TodoDocument.Id(run % Tasks), "--to", $"agent-{round}-{run}", "--force")));
                if (bare is not null)
                    peerRuns.Add(Programs.Milliseconds(new ProcessStartInfo(bare.FileName, bare.ArgumentList)));
            }
            ours.Add(Spread.Of(ourRuns).Median);
            if (bare is not null)
                peer.Add(Spread.Of(peerRuns).Median);
        }
        var target = Target.AtMost(5, "×");
        if (bare is null)
            report.Missing("G6", "tasklock assign", Spread.MedianOf(ours, " ms"), target);
        else
            report.Row("G6", "tasklock assign / C", Spread.MedianOf(ours, " ms"), Spread.MedianOf(peer, " ms"), Spread.OfRatios(ours, peer),
                target);
        report.Note(bench.CommandLine.IsNative
            ? "tasklock is native code."
            : "tasklock is ReadyToRun code, for there is no C toolchain here: the goals of one-shot commands are for native code.");
        return Task.CompletedTask;
    }
}
