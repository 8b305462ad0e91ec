using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using TaskLocking.Tests.Processes;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>A process dies at every named place of the engine; whatever it had acknowledged is there, and nothing is seen half.</summary>
public sealed partial class FailpointTests
{
    public static TheoryData<string> Names { get; } = [.. Repository.Sources("src", "TaskLocking.Engine")
        .SelectMany(path => Hit().Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value)).Distinct().Order()];

    [Fact]
    public void There_are_failpoints() => Assert.True(Names.Count >= 15);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_death_there_loses_nothing_acknowledged(string name)
    {
        // The first arrival must be met by the tour, or nothing would be proven; later ones where there are any.
        Assert.True(DieAndLook(name, 1), $"the tour does not pass {name}");
        DieAndLook(name, 2);
        DieAndLook(name, 4);
    }

    private static bool DieAndLook(string name, int arrival)
    {
        using var place = new TempWorkspace();
        using var worker = Worker.Start(new Dictionary<string, string> { ["TASKLOCKING_FAILPOINT"] = $"{name}:{arrival}" }, "tour",
            place.Path);
        worker.Ready();
        worker.Go();
        var lines = worker.Lines();
        var exit = worker.WaitForExit();
        Assert.True(exit is 0 or Worker.Killed, worker.Errors());
        Look(place, lines);
        return exit == Worker.Killed;
    }

    private static void Look(TempWorkspace place, List<string[]> lines)
    {
        var done = lines.Where(line => line[0] == "done").Select(line => line[1]).ToList();
        var tried = lines.Where(line => line[0] == "try").Select(line => line[1]).Except(done).SingleOrDefault();
        using (var board = place.Open(oneShot: true))
        {
            var step = board.FindTask("step");
            Assert.Equal(step?.Content, board.FindTask("twin")?.Content);
            var writes = done.Where(name => name is not ("sync" or "topics" or "old" or "closed" or "archive" or "history")).ToList();
            var last = writes.Count > 0 ? writes[^1] : null;
            Assert.True(step?.Content == last || step?.Content == tried, $"{step?.Content}, neither {last} nor {tried}");
            if (done.Contains("foreign"))
                Assert.NotNull(board.FindTask("foreign"));
            // Neither lost nor there twice.
            var (task, archived) = (board.FindTask("old"), board.FindArchivedTask("old"));
            if (done.Contains("old"))
                Assert.True(task is null != archived is null, $"{task}, {archived}");
            if (done.Contains("closed"))
                Assert.Equal((AgentTaskStatus.Done, 1), ((task ?? archived)!.Status, board.GetProgress("old").Completed));
            if (done.Contains("archive"))
                Assert.NotNull(archived);
            // Each entry once, in the todo or in the archive.
            Assert.True(board.FindTask("long") is not null || !done.Contains("history"));
            if (board.FindTask("long") is not null)
                Assert.Equal(Enumerable.Range(0, 250).Select(number => "n" + number),
                    board.GetHistory("long").Select(entry => entry.NewValue));
            Assert.Null(board.Define([new TaskDefinition("afterwards")])[0].Refusal);
            board.Sync();
            Assert.Equal(board.GetTasks().Select(task => task.ToJson()), TodoBytes.Of(place.Document).Select(todo => todo.ToString()));
        }
        using var again = place.Open();
        Assert.NotNull(again.FindTask("afterwards"));
    }

    [GeneratedRegex("Failpoint\\.Hit\\(\"([^\"]+)\"\\)")]
    private static partial Regex Hit();
}
