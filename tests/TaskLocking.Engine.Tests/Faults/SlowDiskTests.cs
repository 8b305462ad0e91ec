using System.Collections.Generic;
using System.Linq;
using TaskLocking.Tests.Processes;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Faults;

/// <summary>
/// Processes that stand inside their flush as long as the test wants: the others commit and are answered meanwhile, for the state lock is
/// free by then.
/// </summary>
[Collection(ProcessTests.Name)]
public sealed class SlowDiskTests : System.IDisposable
{
    private static readonly Dictionary<string, string> Slow = new() { ["TASKLOCKING_GATE"] = "flush.before" };

    private readonly TempWorkspace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void While_some_flush_the_others_commit_and_no_answer_is_lost()
    {
        using var board = _place.Open(oneShot: true);
        board.Define([new TaskDefinition("first")]);
        var slow = Enumerable.Range(0, 4).Select(number => Worker.Start(Slow, "define", _place.Path, "slow-" + number)).ToList();
        try
        {
            foreach (var worker in slow)
            {
                worker.Ready();
                worker.Go();
                Assert.Equal(["AT", "flush.before"], worker.ReadLine() ?? []);
            }
            var told = Worker.RunTogether(Enumerable.Range(0, 4)
                .Select(number => new[] { "define", _place.Path, $"quick-{number}-a", $"quick-{number}-b" }));
            Assert.All(told.SelectMany(lines => lines), line => Assert.Equal("defined", line[0]));
            // Nobody waits for the lock, not even one try.
            Assert.Null(board.Define([new TaskDefinition("at-once")], new CommitOptions { Timeout = System.TimeSpan.Zero })[0].Refusal);
            foreach (var worker in slow.Take(2))
            {
                worker.Kill();
                Assert.Empty(worker.Lines());
                Assert.Equal(Worker.Killed, worker.WaitForExit());
            }
            foreach (var worker in slow.Skip(2))
            {
                worker.Go();
                Assert.Equal("defined", Assert.Single(worker.Finish())[0]);
            }
        }
        finally
        {
            slow.ForEach(worker => worker.Dispose());
        }
        using var fresh = _place.Open();
        var ids = fresh.GetTasks().Select(task => task.Id).ToHashSet();
        Assert.Superset(new HashSet<string> { "first", "at-once", "slow-2", "slow-3", "quick-0-a", "quick-0-b", "quick-1-a", "quick-1-b",
            "quick-2-a", "quick-2-b", "quick-3-a", "quick-3-b" }, ids);
    }
}
