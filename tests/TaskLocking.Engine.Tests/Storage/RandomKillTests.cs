using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using TaskLocking.Tests.Processes;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>
/// Processes that commit side by side are killed at random moments, one after the other; every acknowledged change is there afterwards.
/// <c>TASKLOCKING_KILLS</c> sets how many, 1,000 for the full proof.
/// </summary>
public sealed class RandomKillTests
{
    private const int Crew = 25;

    [Fact]
    public void After_every_kill_what_was_acknowledged_is_there()
    {
        var kills = int.Parse(Environment.GetEnvironmentVariable("TASKLOCKING_KILLS") ?? "75", CultureInfo.InvariantCulture);
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}, {kills} kills");
        var random = new Random(seed);
        for (var killed = 0; killed < kills; killed += Crew)
            OneRound(random);
    }

    private static void OneRound(Random random)
    {
        using var place = new TempWorkspace();
        Directory.CreateDirectory(place.Store);
        File.WriteAllBytes(place.Document, MessyDocument.Write(60, random.Next()));
        var before = TodoBytes.Of(place.Document);
        var crew = Enumerable.Range(0, Crew)
            .Select(number => (Name: "w" + number, Worker: Worker.Start("commit-until-killed", place.Path, "w" + number))).ToList();
        try
        {
            crew.ForEach(member => member.Worker.Ready());
            crew.ForEach(member => member.Worker.Go());
            using var board = place.Open();
            foreach (var (name, worker) in crew.OrderBy(_ => random.Next()))
            {
                var lines = new List<string[]>();
                for (var left = random.Next(1, 12); left > 0 && worker.ReadLine() is { } line; left--)
                    lines.Add(line);
                // Somewhere within its next commit or two, not always right behind a line.
                Thread.SpinWait(random.Next(200_000));
                worker.Kill();
                lines.AddRange(worker.Lines());
                Assert.Equal(Worker.Killed, worker.WaitForExit());
                // Others still commit while this is looked at.
                Look(board, name, lines);
            }
        }
        finally
        {
            crew.ForEach(member => member.Worker.Dispose());
        }
        using var after = place.Open(oneShot: true);
        Assert.Null(after.Define([new TaskDefinition("afterwards")])[0].Refusal);
        after.Sync();
        var shown = TodoBytes.Of(place.Document);
        Assert.Equal(before.Select(todo => todo.ToString()), shown.Take(before.Count).Select(todo => todo.ToString()));
        Assert.Equal("afterwards", shown[^1].Id);
    }

    private static void Look(TaskBoard board, string name, List<string[]> lines)
    {
        var tried = Highest(lines, "try");
        var done = Highest(lines, "done");
        var (a, b) = (board.FindTask(name + "-a")!, board.FindTask(name + "-b")!);
        Assert.Equal(a.Content, b.Content);
        Assert.InRange(int.Parse((a.Content ?? "0").TrimStart('.'), CultureInfo.InvariantCulture), done, tried);
        for (var number = 10; number <= done; number += 10)
            Assert.NotNull(board.FindTask($"{name}-{number}"));
    }

    private static int Highest(List<string[]> lines, string what) =>
        lines.Where(line => line[0] == what).Select(line => int.Parse(line[1], CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();
}
