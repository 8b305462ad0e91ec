using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using TaskLocking.Benchmarks.Harness;
using TaskLocking.Benchmarks.Workers;

namespace TaskLocking.Benchmarks.Goals;

/// <summary>
/// G10: warm workers drain ready tasks; finished tasks a second against the durable commits a second of eight processes in the same run.
/// </summary>
internal sealed class Claims : IGoal
{
    private const int Tasks = 20_000;
    private const int Processes = 8;
    private const int Commits = 100;

    public IReadOnlyList<string> Ids => ["G10"];

    public string Title => "8 and 50 workers drain 20,000 ready tasks, against the durable commits of 8 processes";

    public async Task MeasureAsync(Bench bench, Report report)
    {
        List<double> commits = [];
        var rates = new Dictionary<(int Workers, QueueWay Way), List<double>>();
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            var (warm, workspace) = (bench.Scratch.Workspace(AssignLoad.WarmTasks), bench.Scratch.Workspace(Commits));
            commits.Add((await Gang.RunAsync(Enumerable.Range(0, Processes).Select(i =>
                Worker.Start("assign", bench.Options.Seconds, 0, warm, workspace, Programs.Argument(Commits), Programs.Argument(i)))))
                    .Rate);
            foreach (var workers in new[] { Processes, 50 })
            {
                foreach (var way in QueueWay.All)
                {
                    if (!rates.TryGetValue((workers, way), out var found))
                        rates.Add((workers, way), found = []);
                    found.Add(await DrainAsync(bench, workers, way));
                }
            }
        }
        foreach (var ((workers, way), drained) in rates)
        {
            var target = workers == Processes ? way.OfCommits : way.OfCommitsByMany;
            report.Row("G10", $"{workers} workers, {way.Name} / commits", Spread.MedianOf(drained, "/s"), Spread.MedianOf(commits, "/s"),
                Spread.OfRatios(drained, commits, 100), target);
        }
    }

    private static async Task<double> DrainAsync(Bench bench, int workers, QueueWay way)
    {
        var (warm, workspace) = (bench.Scratch.Folder("warm"), bench.Scratch.Folder("workspace"));
        QueueLoad.Prepare(warm, workspace, Tasks);
        var gang = await Gang.RunAsync(Enumerable.Range(0, workers).Select(i =>
            Worker.Start("queue", 0, 0, warm, workspace, way.Name, Programs.Argument(i))));
        using (var board = TaskBoard.Open(workspace))
        {
            var done = board.GetTasks().Count(task => task is { Status: AgentTaskStatus.Done, Attempt: 1 });
            if (done != Tasks || gang.Operations != Tasks)
                throw new InvalidOperationException($"{gang.Operations} of {Tasks} tasks were finished, and {done} are done.");
        }
        Directory.Delete(warm, recursive: true);
        Directory.Delete(workspace, recursive: true);
        return gang.Rate;
    }
}
