using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.Linq;
using System.Threading;
using Xunit;

namespace TaskLocking.StoreContract;

/// <summary>Stores at the same moment: one winner, nothing lost, nothing seen half.</summary>
public abstract class RaceContract<TPlace> : Contract<TPlace>
    where TPlace : StorePlace, new()
{
    private static readonly CommitOptions Patient = new() { Timeout = TimeSpan.FromMinutes(2) };

    [Fact]
    public void Of_many_definitions_of_one_id_one_wins()
    {
        var wins = new ConcurrentQueue<int>();
        Crowd.Run(16, number =>
        {
            var board = Place.OpenBoard();
            return () =>
            {
                using (board)
                {
                    var outcome = board.Define([new TaskDefinition("A") { Name = "by " + number }], Patient)[0];
                    if (outcome.Refusal is null)
                        wins.Enqueue(number);
                    else
                        Assert.Equal(RefusalCode.TaskAlreadyDefined, outcome.Refusal.Code);
                }
            };
        });
        Assert.Equal("by " + Assert.Single(wins), Two.FindTask("A")!.Name);
    }

    [Fact]
    public void Of_many_assignments_of_one_task_one_wins()
    {
        Define("A");
        var wins = new ConcurrentQueue<int>();
        Crowd.Run(16, number =>
        {
            var board = Place.OpenBoard();
            return () =>
            {
                using (board)
                {
                    if (board.Assign(new AssignmentRequest(["A"], "agent", "n" + number), Patient).Success)
                        wins.Enqueue(number);
                }
            };
        });
        Assert.Equal("agent:n" + Assert.Single(wins), Two.FindTask("A")!.Assignee!.ToString());
    }

    [Fact]
    public void Many_threads_of_one_board_define_side_by_side()
    {
        Crowd.Run(8, number => () =>
        {
            for (var round = 0; round < 25; round++)
                Assert.Null(One.Define([new TaskDefinition($"T-{number}-{round}")], Patient)[0].Refusal);
        });
        Assert.Equal(200, Two.GetTasks().Select(task => task.Id).Distinct().Count());
    }

    [Fact]
    public void No_update_is_lost_across_different_tasks()
    {
        const int Writers = 8;
        const int Rounds = 40;
        Define([.. Enumerable.Range(0, Writers).Select(number => "T-" + number)]);
        Crowd.Run(Writers, number =>
        {
            var board = Place.OpenBoard();
            return () =>
            {
                using (board)
                {
                    for (var round = 1; round <= Rounds; round++)
                        Assert.Null(board.Edit([new TaskEdit("T-" + number) { Content = "round " + round }], Patient)[0].Refusal);
                }
            };
        });
        foreach (var task in Two.GetTasks())
        {
            Assert.Equal("round " + Rounds, task.Content);
            Assert.Equal(Enumerable.Range(1, Rounds).Select(round => "round " + round),
                Two.GetHistory(task.Id).Where(entry => entry.Field == "content").Select(entry => entry.NewValue));
        }
    }

    [Fact]
    public void No_increment_of_one_task_is_lost()
    {
        const int Writers = 6;
        const int Rounds = 40;
        Define("A");
        var increment = new DelegateRule<int>(draft =>
        {
            var task = draft.Find("A")!;
            var count = int.Parse(task.Content ?? "0", CultureInfo.InvariantCulture) + 1;
            draft.Change(task).Set("content", task.Content, count.ToString(CultureInfo.InvariantCulture)).Apply();
            return count;
        });
        var answers = new ConcurrentBag<int>();
        Crowd.Run(Writers, _ =>
        {
            var store = Place.OpenStore();
            return () =>
            {
                using (store)
                {
                    for (var round = 0; round < Rounds; round++)
                        answers.Add(store.Transact(increment, new LockSession(), Patient));
                }
            };
        });
        Assert.Equal(Enumerable.Range(1, Writers * Rounds), answers.Order());
        Assert.Equal((Writers * Rounds).ToString(CultureInfo.InvariantCulture), Two.FindTask("A")!.Content);
    }

    [Fact]
    public void Of_many_with_the_same_version_one_wins_each_round()
    {
        Define("A");
        for (var round = 0; round < 10; round++)
        {
            var version = Two.FindTask("A")!.Version;
            var wins = 0;
            Crowd.Run(6, number => () =>
            {
                using var board = Place.OpenBoard();
                var outcome = board.Edit([new TaskEdit("A") { Content = $"{round} by {number}", IfVersion = version }], Patient)[0];
                if (outcome.Refusal is null)
                    Interlocked.Increment(ref wins);
                else
                    Assert.Equal(RefusalCode.VersionChanged, outcome.Refusal.Code);
            });
            Assert.Equal(1, wins);
        }
    }

    [Fact]
    public void Readers_never_see_half_of_a_batch()
    {
        Define("A", "B");
        using var done = new ManualResetEventSlim();
        var changes = 0;
        Crowd.Run(4, number =>
        {
            var store = Place.OpenStore();
            return number == 0 ? Write : Read;

            void Write()
            {
                using var board = new TaskBoard(store, Place.Workspace, new LockSession());
                try
                {
                    for (var round = 0; round < 200; round++)
                        board.Edit([new TaskEdit("A") { Content = "round " + round }, new TaskEdit("B") { Content = "round " + round }],
                            Patient);
                }
                finally
                {
                    done.Set();
                }
            }

            void Read()
            {
                using (store)
                {
                    string? last = null;
                    var version = 0L;
                    bool final;
                    do
                    {
                        final = done.IsSet;
                        var state = store.Read();
                        Assert.True(state.Version >= version, "an older state after a newer one");
                        version = state.Version;
                        var (a, b) = (state.Find("A")!.Content, state.Find("B")!.Content);
                        Assert.Equal(a, b);
                        if (a != last)
                            Interlocked.Increment(ref changes);
                        last = a;
                    }
                    while (!final);
                    Assert.Equal("round 199", last);
                }
            }
        });
        Assert.True(changes >= 3);
    }
}
