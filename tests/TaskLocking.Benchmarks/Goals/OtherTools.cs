using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using TaskLocking.Benchmarks.Harness;

namespace TaskLocking.Benchmarks.Goals;

/// <summary>
/// The whole process of one command beside those of two tools that people keep tasks with: a task is made, changed, and all are listed.
/// Nothing is installed for it: who is not on the search path is named as missing.
/// </summary>
internal sealed class OtherTools : IGoal
{
    private const int Runs = 7;
    private const int Tasks = 10;

    private static readonly string[] Deeds = ["make a task", "change a task", "list the tasks"];

    public IReadOnlyList<string> Ids => ["Tools"];

    public string Title => "one command as a process, against Backlog.md (npm) and Taskwarrior";

    public Task MeasureAsync(Bench bench, Report report)
    {
        var workspace = bench.Scratch.Workspace(Tasks);
        var peers = new[] { Backlog(bench), Taskwarrior(bench) }
            .OfType<(string Name, Func<string, int, ProcessStartInfo> Start)>().ToList();
        foreach (var deed in Deeds)
        {
            List<double> ours = [];
            var theirs = peers.ConvertAll(_ => new List<double>());
            for (var round = 0; round < bench.Options.Rounds; round++)
            {
                // By turns, so that a slow hour is everybody's.
                var runs = Enumerable.Range(0, Runs).Select(run => (round * Runs) + run).Select(run => (
                    Ours: Programs.Milliseconds(Own(bench, workspace, deed, run)),
                    Theirs: peers.ConvertAll(peer => Programs.Milliseconds(peer.Start(deed, run))))).ToList();
                ours.Add(Spread.Of(runs.Select(run => run.Ours)).Median);
                for (var i = 0; i < peers.Count; i++)
                    theirs[i].Add(Spread.Of(runs.Select(run => run.Theirs[i])).Median);
            }
            foreach (var (peer, times) in peers.Zip(theirs))
            {
                report.Row("Tools", $"{deed}: {peer.Name} / tasklock", Spread.MedianOf(ours, " ms"), Spread.MedianOf(times, " ms"),
                    Spread.OfRatios(times, ours), "×");
            }
        }
        return Task.CompletedTask;
    }

    private static ProcessStartInfo Own(Bench bench, string workspace, string deed, int run) => deed switch
    {
        "make a task" => bench.CommandLine.Start(workspace, "task", "new", $"N-{run}", "--name", "Write the tests"),
        "change a task" => bench.CommandLine.Start(workspace, "task", "set", TodoDocument.Id(run % Tasks), "--priority", Priority(run)),
        _ => bench.CommandLine.Start(workspace, "task", "get"),
    };

    private static (string, Func<string, int, ProcessStartInfo>)? Backlog(Bench bench)
    {
        if (bench.Peers.Tool("backlog", "Backlog.md (npm install -g backlog.md)") is not { } program)
            return null;
        var folder = bench.Scratch.Folder("backlog");
        Programs.Run(In(folder, program, "init", "bench", "--defaults", "--no-git", "--integration-mode", "none"));
        for (var i = 0; i < Tasks; i++)
            Programs.Run(In(folder, program, "task", "create", "Write the tests"));
        return ("Backlog.md", (deed, run) => deed switch
        {
            "make a task" => In(folder, program, "task", "create", "Write the tests"),
            "change a task" => In(folder, program, "task", "edit", $"{(run % Tasks) + 1}", "--priority", Priority(run)),
            _ => In(folder, program, "task", "list", "--plain"),
        });
    }

    private static (string, Func<string, int, ProcessStartInfo>)? Taskwarrior(Bench bench)
    {
        if (bench.Peers.Tool("task", "Taskwarrior (task)") is not { } program)
            return null;
        var folder = bench.Scratch.Folder("taskwarrior");
        var settings = Path.Combine(folder, "taskrc");
        File.WriteAllText(settings, $"data.location={folder}\nconfirmation=off\n");
        for (var i = 0; i < Tasks; i++)
            Programs.Run(With("add", "Write the tests"));
        return ("Taskwarrior", (deed, run) => deed switch
        {
            "make a task" => With("add", "Write the tests"),
            "change a task" => With($"{(run % Tasks) + 1}", "modify", $"priority:{(run % 2 == 0 ? "H" : "L")}"),
            _ => With("minimal"),
        });

        ProcessStartInfo With(params string[] words)
        {
            var start = In(folder, program, words);
            start.Environment["TASKRC"] = settings;
            return start;
        }
    }

    private static string Priority(int run) => run % 2 == 0 ? "high" : "low";

    private static ProcessStartInfo In(string folder, string program, params string[] words) =>
        new(program, words) { WorkingDirectory = folder };
}
