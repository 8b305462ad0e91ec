using System.Collections.Generic;
using System.Threading.Tasks;
using TaskLocking.Benchmarks.Harness;

namespace TaskLocking.Benchmarks.Goals;

/// <summary>G8: what <c>Import-Module</c> adds to the life of an empty PowerShell.</summary>
internal sealed class ModuleImport : IGoal
{
    private const int Runs = 7;
    private static readonly Target Target = Target.AtMost(50, "ms");

    public IReadOnlyList<string> Ids => ["G8"];

    public string Title => "Import-Module over an empty PowerShell";

    public Task MeasureAsync(Bench bench, Report report)
    {
        if (bench.Module.Find() is not { } module)
        {
            report.Missing("G8", Title, "", Target);
            return Task.CompletedTask;
        }
        List<double> with = [], empty = [], added = [];
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            List<double> withRuns = [], emptyRuns = [];
            for (var run = 0; run < Runs; run++)
            {
                emptyRuns.Add(1e3 * Programs.Seconds(module.Start("1")));
                withRuns.Add(1e3 * Programs.Seconds(module.Start($"Import-Module '{module.Manifest}'; 1")));
            }
            with.Add(Spread.Of(withRuns).Median);
            empty.Add(Spread.Of(emptyRuns).Median);
            added.Add(with[^1] - empty[^1]);
        }
        report.Row("G8", "Import-Module − empty PowerShell", Spread.MedianOf(with, " ms"), Spread.MedianOf(empty, " ms"), Spread.Of(added), Target);
        return Task.CompletedTask;
    }
}
