using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading.Tasks;
using TaskLocking.Benchmarks.Harness;

namespace TaskLocking.Benchmarks.Goals;

/// <summary>G13: one-shot commands as whole processes, with 10,000 tasks against 10.</summary>
internal sealed class OneShotSize : IGoal
{
    private const int Runs = 11;
    private const int Few = 10;
    private const int Many = 10_000;

    public IReadOnlyList<string> Ids => ["G13"];

    public string Title => "one-shot commands as processes, document of 6 MB against one of 10 tasks";

    public Task MeasureAsync(Bench bench, Report report)
    {
        Measure(bench, report, "assign", 4, (workspace, tasks, run) =>
            Time(bench, workspace, "assign", TodoDocument.Id(run * 97 % tasks), "--to", $"agent-{run}", "--force"));
        Measure(bench, report, "next", 8, (workspace, _, run) => Next(bench, workspace, $"agent-{run}"));
        Measure(bench, report, "progress", 8, (workspace, _, _) => Time(bench, workspace, "progress"));
        return Task.CompletedTask;
    }

    // One workspace after the other, a run of each by turns.
    private static void Measure(Bench bench, Report report, string command, double limit, Func<string, int, int, double> milliseconds)
    {
        var (few, many) = (bench.Scratch.Workspace(Few), bench.Scratch.Workspace(Many));
        List<double> small = [], large = [];
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            List<double> smallRuns = [], largeRuns = [];
            for (var run = 0; run < Runs; run++)
            {
                smallRuns.Add(milliseconds(few, Few, (round * Runs) + run));
                largeRuns.Add(milliseconds(many, Many, (round * Runs) + run));
            }
            small.Add(Spread.Of(smallRuns).Median);
            large.Add(Spread.Of(largeRuns).Median);
        }
        report.Row("G13", $"tasklock {command}, 6 MB / 10 tasks", Spread.MedianOf(large, " ms"), Spread.MedianOf(small, " ms"),
            Spread.OfRatios(large, small), Target.AtMost(limit, "×"));
    }

    // The task that it took goes back, so that the next one finds as much.
    private static double Next(Bench bench, string workspace, string agent)
    {
        var (seconds, output) = Programs.Timed(bench.CommandLine.Start(workspace, "next", "--agent", agent, "--json"));
        using var task = JsonDocument.Parse(output);
        Programs.Run(bench.CommandLine.Start(workspace, "retry", task.RootElement.GetProperty("id").GetString()!, "--force"));
        return 1e3 * seconds;
    }

    private static double Time(Bench bench, string workspace, params string[] arguments) =>
        Programs.Milliseconds(bench.CommandLine.Start(workspace, arguments));
}
