using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using Xunit;

namespace TaskLocking.StoreContract;

/// <summary>Who waits for a change is told of every one, and of nothing else.</summary>
public abstract class ChangeContract<TPlace> : Contract<TPlace>
    where TPlace : StorePlace, new()
{
    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(2);

    [Fact]
    public void What_is_newer_already_is_told_at_once()
    {
        using var store = Place.OpenStore();
        Assert.False(store.WaitForChange(store.Read().Version, TimeSpan.Zero));
        var seen = store.Read().Version;
        Define("A");
        Assert.True(store.WaitForChange(seen, Timeout.InfiniteTimeSpan));
        Assert.True(store.WaitForChange(seen, TimeSpan.Zero));
        Assert.False(store.WaitForChange(store.Read().Version, TimeSpan.Zero));
    }

    [Fact]
    public void What_somebody_left_on_a_task_the_other_reads()
    {
        Define("A");
        Assert.Null(One.AddNotes([new NoteRequest("A", "see src/a.cs\n\tline 2")], new CommitOptions { By = "ann" })[0].Refusal);
        Two.AddNotes([new NoteRequest("A", "40 tests") { Kind = "result" }], new CommitOptions { By = "bob" });
        var task = One.FindTask("A")!;
        Assert.Equal([("note", "see src/a.cs\n\tline 2", "ann"), ("result", "40 tests", "bob")],
            task.Notes.Select(note => (note.Kind, note.Text, note.By!)));
        Assert.Equal("40 tests", Two.FindTask("A")!.Result);
        Assert.Equal(["status", "note", "result"], Two.GetHistory("A").Select(entry => entry.Field));
    }

    [Fact]
    public void The_time_over_without_one_is_no_change()
    {
        Define("A");
        using var store = Place.OpenStore();
        var version = store.Read().Version;
        One.Edit([new TaskEdit("A") { Name = "A" }]);
        using (One.Hold(["A"]))
            Assert.False(store.WaitForChange(version, TimeSpan.FromMilliseconds(30)));
        Assert.Equal(version, store.Read().Version);
    }

    [Fact]
    public void A_waiter_is_woken_by_the_first_change_of_a_place_and_by_every_later_one()
    {
        const int Rounds = 30;
        using var seen = new SemaphoreSlim(0);
        var names = new ConcurrentQueue<string>();
        Crowd.Run(2, number =>
        {
            var store = Place.OpenStore();
            var version = store.Read().Version; // Of nothing that the other has done.
            return number == 0 ? Watch : Write;

            void Watch()
            {
                using (store)
                {
                    for (var round = 0; round < Rounds; round++)
                    {
                        Assert.True(store.WaitForChange(version, Guard));
                        var state = store.Read();
                        Assert.True(state.Version > version);
                        version = state.Version;
                        names.Enqueue(state.Find("A")!.Name);
                        seen.Release();
                    }
                }
            }

            void Write()
            {
                using var board = new TaskBoard(store, Place.Workspace, new LockSession());
                for (var round = 0; round < Rounds; round++)
                {
                    if (round == 0)
                        board.Define([new TaskDefinition("A") { Name = "0" }]);
                    else
                        board.Edit([new TaskEdit("A") { Name = $"{round}" }]);
                    Assert.True(seen.Wait(Guard));
                }
            }
        });
        Assert.Equal(Enumerable.Range(0, Rounds).Select(round => $"{round}"), names);
    }

    [Fact]
    public void A_cancelled_wait_ends()
    {
        Define("A");
        using var store = Place.OpenStore();
        var version = store.Read().Version;
        using var cancel = new CancellationTokenSource();
        Crowd.Run(2, number => () =>
        {
            if (number == 0)
                cancel.Cancel();
            else
                Assert.ThrowsAny<OperationCanceledException>(
                    () => store.WaitForChange(version, Timeout.InfiniteTimeSpan, cancel.Token));
        });
        Assert.ThrowsAny<OperationCanceledException>(() => store.WaitForChange(version, TimeSpan.Zero, cancel.Token));
    }
}
