using System.Linq;
using System.Threading;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Tasks;

public sealed class LookAlikeRaceTests
{
    [Fact]
    public void Of_two_who_define_ids_that_look_alike_at_once_one_succeeds()
    {
        using var place = new TempWorkspace();
        using var one = place.Open();
        using var two = place.Open();
        using var gate = new Barrier(2);
        const int Rounds = 150;
        var won = new bool[2, Rounds];
        var threads = new[] { (one, "T-", 0), (two, "t-", 1) }.Select(part => new Thread(() =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                gate.SignalAndWait();
                var definition = new TaskDefinition(part.Item2 + round) { Tags = [part.Item2 + "tag" + round] };
                won[part.Item3, round] = part.Item1.Define([definition])[0].Refusal is null;
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.All(Enumerable.Range(0, Rounds), round => Assert.True(won[0, round] ^ won[1, round]));
        Assert.Equal(Rounds, one.GetTasks().Count);
    }
}
