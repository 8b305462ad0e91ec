using System.Collections.Generic;
using System.Threading.Tasks;
using TaskLocking.Benchmarks.Harness;

namespace TaskLocking.Benchmarks.Goals;

/// <summary>
/// G8: what <c>Import-Module</c> adds to the life of an empty PowerShell. PowerShell reads the views of a module when it first shows
/// something, whatever it is, so that is measured beside it.
/// </summary>
internal sealed class ModuleImport : IGoal
{
    private const int Runs = 7;
    private const string Nothing = "$null";
    private const string Shown = "1";
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
        var (quiet, shown) = (new Added(module), new Added(module));
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            quiet.Measure(Nothing);
            shown.Measure(Shown);
        }
        report.Row("G8", "Import-Module − empty PowerShell", quiet.With, quiet.Empty, quiet.Figure, Target);
        report.Row("", "the same where both then show a number", shown.With, shown.Empty, shown.Figure, "ms");
        return Task.CompletedTask;
    }

    // The medians of each round, interleaved: a machine that gets slower does so for both.
    private sealed class Added(Module module)
    {
        private readonly List<double> _with = [];
        private readonly List<double> _empty = [];
        private readonly List<double> _added = [];

        public string With => Spread.MedianOf(_with, " ms");

        public string Empty => Spread.MedianOf(_empty, " ms");

        public Spread Figure => Spread.Of(_added);

        public void Measure(string script)
        {
            List<double> with = [], empty = [];
            for (var run = 0; run < Runs; run++)
            {
                empty.Add(Programs.Milliseconds(module.Start(script)));
                with.Add(Programs.Milliseconds(module.Start($"Import-Module '{module.Manifest}'; {script}")));
            }
            _with.Add(Spread.Of(with).Median);
            _empty.Add(Spread.Of(empty).Median);
            _added.Add(_with[^1] - _empty[^1]);
        }
    }
}
