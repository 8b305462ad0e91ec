using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using TaskLocking.Benchmarks.Harness;
using TaskLocking.Model;
using TaskLocking.Ready;

namespace TaskLocking.Benchmarks.Goals;

/// <summary>C1: a hundred thousand tasks with a million dependencies, in a document that has them in no order.</summary>
internal sealed class LargeGraph : IGoal
{
    private const int Tasks = 100_000;
    private const int Each = 10;
    private const int Edges = 10_000;
    private static readonly Target Target = Target.AtMost(1_000, "ms");

    public IReadOnlyList<string> Ids => ["C1"];

    public string Title => "100,000 tasks with 1,000,000 dependencies: cycle check, ready queue, one more dependency";

    public Task MeasureAsync(Bench bench, Report report)
    {
        List<double> cycles = [], ready = [], edges = [];
        for (var round = 0; round <= bench.Options.Rounds; round++)
        {
            var random = new Random(round);
            var tasks = Make(random);
            var document = tasks.ToArray();
            random.Shuffle(document);
            var check = Milliseconds(() => Check(new TaskGraph(document)));
            var queue = Milliseconds(() => Queue(new TaskGraph(document)));
            var graph = new TaskGraph(document);
            _ = Check(graph);
            var edge = Milliseconds(() => Add(graph, tasks, random)) * 1e3 / Edges;
            // The first round warms the code.
            if (round == 0)
                continue;
            cycles.Add(check);
            ready.Add(queue);
            edges.Add(edge);
        }
        report.Row("C1", "graph made and checked for cycles", Spread.MedianOf(cycles, " ms"), "", Spread.Of(cycles), Target);
        report.Row("C1", "graph made and ready queue", Spread.MedianOf(ready, " ms"), "", Spread.Of(ready), Target);
        report.Row("", "one more dependency, checked and added", Spread.MedianOf(edges, " µs"), "", Spread.Of(edges), "µs");
        return Task.CompletedTask;
    }

    private static AgentTask[] Make(Random random)
    {
        var tasks = new AgentTask[Tasks];
        for (var i = 0; i < Tasks; i++)
        {
            var dependencies = new HashSet<string>();
            while (dependencies.Count < Math.Min(i, Each))
                dependencies.Add(TodoDocument.Id(random.Next(i)));
            tasks[i] = new AgentTask(new TaskFacts
            {
                Id = TodoDocument.Id(i),
                Status = i < Tasks / 3 ? AgentTaskStatus.Done : AgentTaskStatus.Todo,
                Priority = (TaskPriority)random.Next(4),
                Created = DateTimeOffset.UnixEpoch.AddSeconds(random.Next(Tasks)),
                Dependencies = [.. dependencies],
            });
        }
        return tasks;
    }

    private static int Check(TaskGraph graph) =>
        graph.FindCycles() is { Count: > 0 } found ? throw new InvalidOperationException($"{found.Count} circles where there are none.")
            : graph.Count;

    private static int Queue(TaskGraph graph) =>
        graph.Open.Count() is var open and > 0 ? open : throw new InvalidOperationException("Nothing is ready.");

    // Dependencies that close no circle, as the tasks were made.
    private static int Add(TaskGraph graph, AgentTask[] tasks, Random random)
    {
        for (var i = 0; i < Edges; i++)
        {
            var at = random.Next(Each + 1, Tasks);
            var dependency = TodoDocument.Id(random.Next(at));
            if (graph.FindCycle(tasks[at].Id, [dependency]).Count > 0)
                throw new InvalidOperationException($"{tasks[at].Id} does not wait for itself.");
            tasks[at] = new AgentTask(tasks[at].Facts with { Dependencies = [.. tasks[at].Dependencies, dependency] });
            graph.Set(tasks[at].Id, tasks[at]);
        }
        return graph.EdgeCount;
    }

    private static double Milliseconds(Func<int> run)
    {
        GC.Collect();
        var watch = Stopwatch.StartNew();
        GC.KeepAlive(run());
        return watch.Elapsed.TotalMilliseconds;
    }
}
