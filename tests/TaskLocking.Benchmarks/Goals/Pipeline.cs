using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using TaskLocking.Benchmarks.Harness;
using TaskLocking.Benchmarks.Workers;

namespace TaskLocking.Benchmarks.Goals;

/// <summary>G7: a thousand new tasks through one pipeline, one commit; and the part of it that is the engine's.</summary>
internal sealed class Pipeline : IGoal
{
    private const int WarmRuns = 5;
    private static readonly Target Target = Target.AtMost(60, "ms");

    public IReadOnlyList<string> Ids => ["G7"];

    public string Title => "1,000 tasks through one pipeline, one commit";

    public async Task MeasureAsync(Bench bench, Report report)
    {
        var module = bench.Module.Find();
        List<double> pipeline = [], engine = [];
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            var warm = bench.Scratch.Folder("workspace");
            var gang = await Gang.RunAsync([Worker.Start("bulk", 0, 1, warm, bench.Scratch.Folder("workspace"))]);
            engine.Add(gang.Seconds * 1e3);
            if (module is not null)
                pipeline.Add(double.Parse(module.Run(Script(bench, module)), CultureInfo.InvariantCulture));
        }
        var median = Spread.MedianOf(engine, " ms");
        if (module is null)
            report.Missing("G7", "1,000 tasks through one pipeline", "", Target);
        else
            report.Row("G7", "1,000 tasks through one pipeline", Spread.MedianOf(pipeline, " ms"), "", Spread.Of(pipeline), Target);
        report.Row("", "1,000 tasks, one commit of the engine", median, "", Spread.Of(engine), "ms");
    }

    private static string Script(Bench bench, Module module)
    {
        var folders = Enumerable.Range(0, WarmRuns + 1).Select(_ => bench.Scratch.Folder("workspace"));
        return $$"""
            Import-Module '{{module.Manifest}}'
            foreach ($workspace in '{{string.Join("','", folders)}}') {
                $time = Measure-Command { 1..1000 | ForEach-Object { "T-$_" } | New-AgentTask -Workspace $workspace -ErrorAction Stop }
            }
            $tasks = Get-AgentTask -Workspace $workspace
            $commits = @($tasks.Version | Sort-Object -Unique).Count
            if ($tasks.Count -ne 1000 -or $commits -ne 1) { throw "$($tasks.Count) tasks in $commits commits" }
            $time.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)
            """;
    }
}
