using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using TaskLocking.Benchmarks.Harness;
using TaskLocking.Topics;

namespace TaskLocking.Benchmarks.Goals;

/// <summary>E6: what a topic's number costs in a repository of 700 refs, once its history was walked, over one in a plain folder.</summary>
internal sealed class RepositoryNumbers : IGoal
{
    private const int Refs = 700;
    private const int Topics = 10;
    private static readonly Target Target = Target.AtMost(150, "ms");

    public IReadOnlyList<string> Ids => ["E6"];

    public string Title => "a topic in a repository of 700 refs, warm, over one in a plain folder";

    public Task MeasureAsync(Bench bench, Report report)
    {
        var (plain, repository) = (Project(bench), Project(bench));
        Git(repository, "", "init", "-q");
        Git(repository, "", "-c", "user.name=n", "-c", "user.email=e@example.org", "commit", "-q", "--allow-empty", "-m", "x");
        var head = Git(repository, "", "rev-parse", "HEAD").Trim();
        var refs = Enumerable.Range(0, Refs).Select(index => $"create refs/heads/b{index} {head}\n");
        Git(repository, string.Concat(refs), "update-ref", "--stdin");
        _ = (Create(plain, isAlone: true), Create(repository));
        List<double> outside = [], inside = [];
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            outside.Add(Enumerable.Range(0, Topics).Average(_ => Create(plain, isAlone: true)));
            inside.Add(Enumerable.Range(0, Topics).Average(_ => Create(repository)));
        }
        report.Row("E6", "a topic in a repository of 700 refs, warm / in a plain folder", Spread.MedianOf(inside, " ms"),
            Spread.MedianOf(outside, " ms"), Spread.Of(inside.Zip(outside, (slow, fast) => slow - fast)), Target);
        return Task.CompletedTask;
    }

    private static string Project(Bench bench)
    {
        var project = bench.Scratch.Folder("project");
        Directory.CreateDirectory(Path.Combine(project, "specs"));
        return project;
    }

    // The folder of the benchmark may lie in a repository itself.
    private static double Create(string project, bool isAlone = false)
    {
        var start = Stopwatch.GetTimestamp();
        using (var store = TopicStore.Open(project, "specs", TopicWatches.Shared, oneShot: true, isAlone ? TopicRepository.None : null))
            store.Create(["x"]);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static string Git(string folder, string input, params string[] arguments)
    {
        var info = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var git = Process.Start(info)!;
        git.StandardInput.Write(input);
        git.StandardInput.Close();
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return git.ExitCode == 0 ? output : throw new InvalidOperationException($"git {arguments[0]} ended with {git.ExitCode}.");
    }
}
