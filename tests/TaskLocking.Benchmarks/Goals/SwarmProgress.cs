using System.Collections.Generic;
using System.Diagnostics;
using System.Threading.Tasks;
using TaskLocking.Benchmarks.Harness;
using TaskLocking.Todo2;
using TodoDocument = TaskLocking.Benchmarks.Harness.TodoDocument;

namespace TaskLocking.Benchmarks.Goals;

/// <summary>C9: how far 10,000 tasks are, asked of a board that has them, with and without a change since it was asked last.</summary>
internal sealed class SwarmProgress : IGoal
{
    private const int Tasks = 10_000;
    private const int Runs = 50;
    private static readonly Target Target = Target.AtMost(10, "ms");

    public IReadOnlyList<string> Ids => ["C9"];

    public string Title => "progress of 10,000 tasks, loaded";

    public Task MeasureAsync(Bench bench, Report report)
    {
        using var board = TaskBoard.Open(bench.Scratch.Workspace(Tasks), new TaskBoardOptions { Durability = Durability.Relaxed });
        List<double> same = [], changed = [];
        for (var round = 0; round <= bench.Options.Rounds; round++)
        {
            List<double> again = [], after = [];
            for (var run = 0; run < Runs; run++)
            {
                board.Edit([new TaskEdit(TodoDocument.Id(run)) { Name = $"round {round}, run {run}" }]);
                after.Add(Milliseconds(board));
                again.Add(Milliseconds(board));
            }
            // The first round warms the code.
            if (round == 0)
                continue;
            same.Add(Spread.Of(again).Median);
            changed.Add(Spread.Of(after).Median);
        }
        report.Row("C9", "progress of 10,000 tasks", Spread.MedianOf(same, " ms"), "", Spread.Of(same), Target);
        report.Row("C9", "the same after a change", Spread.MedianOf(changed, " ms"), "", Spread.Of(changed), Target);
        return Task.CompletedTask;
    }

    private static double Milliseconds(TaskBoard board)
    {
        var watch = Stopwatch.StartNew();
        board.GetProgress();
        return watch.Elapsed.TotalMilliseconds;
    }
}
