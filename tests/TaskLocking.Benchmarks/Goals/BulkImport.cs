using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using TaskLocking.Benchmarks.Harness;

namespace TaskLocking.Benchmarks.Goals;

/// <summary>
/// G15: <c>tasklock task new --from</c> with 100,000 tasks in an empty workspace, one commit: processor time and peak memory of the whole
/// process, its start included, by task.
/// </summary>
internal sealed class BulkImport : IGoal
{
    private const int Tasks = 100_000;
    private static readonly Target Time = Target.AtMost(25, "µs");
    private static readonly Target Memory = Target.AtMost(4, "KB");

    public IReadOnlyList<string> Ids => ["G15"];

    public string Title => "100,000 tasks from one file, one commit: processor time and peak memory";

    public Task MeasureAsync(Bench bench, Report report)
    {
        List<double> nanoseconds = [], bytes = [];
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            var (file, workspace) = (Path.Combine(bench.Scratch.Folder("import"), "tasks.jsonl"), bench.Scratch.Folder("workspace"));
            DefinitionFile.Write(file, Tasks);
            var import = bench.CommandLine.Start(workspace, "task", "new", "--from", file);
            if (bench.Peers.C("usage", [import.FileName, .. import.ArgumentList]) is not { } start)
            {
                report.Missing("G15", "100,000 tasks from a file, processor time", "", Time);
                report.Missing("G15", "the same, peak memory", "", Memory);
                return Task.CompletedTask;
            }
            var used = Programs.Run(start).Output.Split(' ');
            nanoseconds.Add(double.Parse(used[0], CultureInfo.InvariantCulture));
            bytes.Add(double.Parse(used[1], CultureInfo.InvariantCulture));
            InOneCommit(workspace);
            Directory.Delete(workspace, recursive: true);
        }
        report.Row("G15", "100,000 tasks from a file, processor time", Spread.MedianOf(nanoseconds.Select(each => each / 1e9), " s"), "",
            Spread.Of(nanoseconds.Select(each => each / 1e3 / Tasks)), Time);
        report.Row("G15", "the same, peak memory", Spread.MedianOf(bytes.Select(each => each / 1e6), " MB"), "",
            Spread.Of(bytes.Select(each => each / 1024 / Tasks)), Memory);
        return Task.CompletedTask;
    }

    private static void InOneCommit(string workspace)
    {
        using var board = TaskBoard.Open(workspace);
        var tasks = board.GetTasks();
        var commits = tasks.Select(task => task.Version).Distinct().Count();
        if (tasks.Count != Tasks || commits != 1)
            throw new InvalidOperationException($"{tasks.Count} tasks in {commits} commits.");
    }
}
