using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Processes;

/// <summary>
/// The main job on real input, all at once: a messy document of a thousand todos; 25 processes define, 50 fight for one task, 10 do a
/// share of everything, 100 allocate topics, others only read; some are killed. Nothing is lost, doubled or torn.
/// </summary>
[Collection(ProcessTests.Name)]
public sealed class MainJobTests : IDisposable
{
    private readonly TempWorkspace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void A_fleet_at_work_loses_doubles_and_tears_nothing()
    {
        Directory.CreateDirectory(_place.Store);
        File.WriteAllBytes(_place.Document, MessyDocument.Write(1000, 11));
        var before = TodoBytes.Of(_place.Document);
        Directory.CreateDirectory(_place.In("specs"));
        string[] prepared = ["A", "B", "prize", .. Enumerable.Range(0, 8).Select(number => "shared-" + number)];
        using (var board = _place.Open())
            Assert.All(board.Define(Array.ConvertAll(prepared, id => new TaskDefinition(id))), outcome => Assert.Null(outcome.Refusal));

        var readers = Fleet(2, _ => ["read-pairs", _place.Path]);
        var definers = Fleet(25, number => ["define", _place.Path, .. Enumerable.Range(0, 4).Select(at => $"D-{number}-{at}")]);
        var fighters = Fleet(50, number => ["assign", _place.Path, "f" + number, "prize"]);
        var mixed = Fleet(10, number => ["mixed", _place.Path, number.ToString(CultureInfo.InvariantCulture), "20"]);
        var pairs = Fleet(1, _ => ["write-pairs", _place.Path, "50"]);
        var topics = Fleet(100, _ => ["topics", _place.In("specs"), "2", "1"]);
        var victims = Fleet(6, number => ["commit-until-killed", _place.Path, "victim-" + number]);
        List<Worker> all = [.. readers, .. definers, .. fighters, .. mixed, .. pairs, .. topics, .. victims];
        try
        {
            all.ForEach(worker => worker.Ready());
            all.Except(readers).ToList().ForEach(worker => worker.Go());
            var told = victims.ConvertAll(KillAfterSome);
            var defined = definers.SelectMany(worker => worker.Finish()).ToList();
            var fought = fighters.ConvertAll(worker => Assert.Single(worker.Finish()));
            var shares = mixed.ConvertAll(worker => worker.Finish());
            pairs[0].Finish();
            var numbers = topics.SelectMany(worker => worker.Finish()).Select(line => int.Parse(line[1], CultureInfo.InvariantCulture));
            readers.ForEach(worker => worker.Go());
            Assert.All(readers, worker => Assert.Equal("0", Assert.Single(worker.Finish())[2]));

            Assert.Equal(100, defined.Count(line => line[0] == "defined"));
            Assert.Single(fought, line => line[0] == "assigned");
            Assert.Equal(Enumerable.Range(1, 200), numbers.Order());
            Look(before, prepared, defined, fought.FindIndex(line => line[0] == "assigned"), shares, told);
        }
        finally
        {
            all.ForEach(worker => worker.Dispose());
        }
    }

    private void Look(List<TodoBytes> before, string[] prepared, List<string[]> defined, int winner, List<List<string[]>> shares,
        List<int> acknowledged)
    {
        using var board = _place.Open(oneShot: true);
        board.Sync();
        var shown = TodoBytes.Of(_place.Document);
        Assert.Equal(before.Select(todo => todo.ToString()), shown.Take(before.Count).Select(todo => todo.ToString()));
        Assert.Equal(board.GetTasks().Select(task => task.ToJson()).TakeLast(shown.Count - before.Count), shown.Skip(before.Count)
            .Select(todo => todo.ToString()));

        Assert.Equal("agent:f" + winner, board.FindTask("prize")!.Assignee!.ToString());
        Assert.All(prepared, id => Assert.NotNull(board.FindTask(id)));
        Assert.All(defined, line => Assert.NotNull(board.FindTask(line[2])));
        for (var number = 0; number < acknowledged.Count; number++)
        {
            var (a, b) = (board.FindTask($"victim-{number}-a")!.Content!, board.FindTask($"victim-{number}-b")!.Content);
            Assert.Equal(a, b);
            Assert.True(int.Parse(a.TrimStart('.'), CultureInfo.InvariantCulture) >= acknowledged[number]);
        }
        for (var seed = 0; seed < shares.Count; seed++)
        {
            Assert.DoesNotContain(shares[seed], line => line[0] == "half");
            var left = new HashSet<string>(shares[seed].Where(line => line[0] == "defined").Select(line => line[1]));
            left.ExceptWith(shares[seed].Where(line => line[0] == "removed").Select(line => line[1]));
            Assert.Equal(left.Order(), board.GetTasks().Select(task => task.Id)
                .Where(id => id.StartsWith($"mixed-{seed}-", StringComparison.Ordinal)).Order());
        }
        Assert.True(TopicStore.Open(_place.Path, _place.In("specs")).Check().Passed);
    }

    private static int KillAfterSome(Worker victim)
    {
        for (var left = 8; left > 0 && victim.ReadLine() is not null; left--)
        {
        }
        victim.Kill();
        var done = victim.Lines().Where(line => line[0] == "done").Select(line => int.Parse(line[1], CultureInfo.InvariantCulture));
        return done.DefaultIfEmpty(4).Max();
    }

    private static List<Worker> Fleet(int count, Func<int, string[]> command) =>
        Enumerable.Range(0, count).Select(number => Worker.Start(command(number))).ToList();
}
