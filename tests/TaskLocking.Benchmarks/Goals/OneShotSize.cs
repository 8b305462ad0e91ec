using System.Collections.Generic;
using System.Threading.Tasks;
using TaskLocking.Benchmarks.Harness;

namespace TaskLocking.Benchmarks.Goals;

/// <summary>G6: one <c>tasklock assign</c> as a whole process, with 10,000 tasks against 10.</summary>
internal sealed class OneShotSize : IGoal
{
    private const int Runs = 11;
    private const int Few = 10;
    private const int Many = 10_000;

    public IReadOnlyList<string> Ids => ["G6"];

    public string Title => "one tasklock assign as a process, document of 6 MB against one of 10 tasks";

    public Task MeasureAsync(Bench bench, Report report)
    {
        var (few, many) = (bench.Scratch.Workspace(Few), bench.Scratch.Workspace(Many));
        List<double> small = [], large = [];
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            List<double> smallRuns = [], largeRuns = [];
            for (var run = 0; run < Runs; run++)
            {
                var agent = $"agent-{round}-{run}";
                smallRuns.Add(Milliseconds(bench, few, TodoDocument.Id(run % Few), agent));
                largeRuns.Add(Milliseconds(bench, many, TodoDocument.Id(((round * Runs) + run) * 97 % Many), agent));
            }
            small.Add(Spread.Of(smallRuns).Median);
            large.Add(Spread.Of(largeRuns).Median);
        }
        report.Row("G6", "tasklock assign, 6 MB / 10 tasks", Spread.MedianOf(large, " ms"), Spread.MedianOf(small, " ms"),
            Spread.OfRatios(large, small), Target.AtMost(1.7, "×"));
        return Task.CompletedTask;
    }

    private static double Milliseconds(Bench bench, string workspace, string id, string agent) =>
        1e3 * Programs.Seconds(bench.CommandLine.Start(workspace, "assign", id, "--to", agent, "--force"));
}
