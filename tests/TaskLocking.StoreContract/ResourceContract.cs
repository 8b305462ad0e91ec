using System;
using System.Linq;
using System.Threading;
using Xunit;

namespace TaskLocking.StoreContract;

/// <summary>
/// Places at resources: never more than anybody's limit, all or nothing with tasks, in one order, and to look takes nothing.
/// </summary>
public abstract class ResourceContract<TPlace> : Contract<TPlace>
    where TPlace : StorePlace, new()
{
    private static readonly HoldOptions Once = new() { Timeout = TimeSpan.Zero };
    private static readonly HoldOptions Endless = new() { Timeout = Timeout.InfiniteTimeSpan };

    [Fact]
    public void One_that_nobody_defined_can_be_held_on_a_board_without_tasks()
    {
        using (var hold = Hold(One, "gpu", 1))
        {
            Assert.Empty(hold.Ids);
            Assert.Equal([new ResourceLimit("gpu")], hold.Resources);
            Assert.Equal(RefusalCode.LockTimeout, Thrown(() => Hold(Two, "gpu", 1)).Code);
        }
        Hold(Two, "gpu", 1).Dispose();
    }

    [Fact]
    public void As_many_as_the_limit_get_in_and_the_next_is_told_who_they_are()
    {
        using var a = One.HoldResources([new ResourceLimit("gpu", 2)], [], new HoldOptions { Agent = "a", Doing = "training" });
        using var b = Two.HoldResources([new ResourceLimit("gpu", 2)], [], new HoldOptions { Agent = "b" });
        using var third = Place.OpenBoard();
        var refusal = Thrown(() => Hold(third, "gpu", 2));
        Assert.Equal((RefusalCode.LockTimeout, "gpu", null), (refusal.Code, refusal.Resource, refusal.TaskId));
        Assert.Contains(refusal.Holder!.Agent, (string[])["a", "b"]);
        Assert.Matches("resource gpu \\(limit 2\\) is held by .*agent (a.*agent b|b.*agent a)", refusal.Message);
        Hold(third, "other", 2).Dispose();
        a.Dispose();
        Hold(third, "gpu", 2).Dispose();
    }

    [Fact]
    public void Whoever_looks_is_told_who_is_in_and_takes_nothing()
    {
        Assert.Empty(Two.GetResources());
        using (One.HoldResources([new ResourceLimit("gpu", 3), new ResourceLimit("Tür ä/b", 1)], [],
            new HoldOptions { Agent = "a", Doing = "d" }))
        {
            var uses = Two.GetResources();
            Assert.Equal([("Tür ä/b", 1), ("gpu", 3)], uses.Select(use => (use.Name, use.Limit)));
            Assert.All(uses, use => Assert.Equal((Environment.ProcessId, "a", "d", Environment.MachineName),
                (use.Pid, use.Agent, use.Doing, use.Host)));
            Assert.All(uses, use => Assert.NotNull(use.Since));
        }
        Assert.Empty(Two.GetResources());
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, 2)]
    [InlineData(1, 100)]
    public void Of_two_limits_the_smaller_counts_whoever_comes_first(int first, int second)
    {
        using var hold = Hold(One, "gpu", first);
        Assert.Contains("(limit 1)", Thrown(() => Hold(Two, "gpu", second)).Message, StringComparison.Ordinal);
        hold.Dispose();
        Hold(Two, "gpu", second).Dispose();
    }

    [Fact]
    public void A_larger_limit_lets_nobody_in_past_those_who_named_a_smaller_one()
    {
        using var third = Place.OpenBoard();
        using var a = Hold(One, "gpu", 2);
        using var b = Hold(Two, "gpu", 5);
        Assert.Equal(RefusalCode.LockTimeout, Thrown(() => Hold(third, "gpu", 5)).Code);
        a.Dispose();
        using var c = Hold(third, "gpu", 5);
        Assert.Equal(RefusalCode.LockTimeout, Thrown(() => Hold(One, "gpu", 2)).Code);
        using var d = Hold(One, "gpu", 3);
        Assert.Equal([3, 5, 5], Two.GetResources().Select(use => use.Limit).Order());
    }

    [Fact]
    public void With_tasks_it_is_all_or_nothing()
    {
        Define("A", "B");
        using (Hold(One, "gpu", 1))
        {
            Assert.Equal(RefusalCode.LockTimeout, Thrown(() => Two.HoldResources([new ResourceLimit("gpu")], ["A"], Once)).Code);
            Assert.True(One.Assign(new AssignmentRequest(["A"], "agent", "x"), new CommitOptions { Timeout = TimeSpan.Zero }).Success);
        }
        using (One.Hold(["B"]))
        {
            Assert.Equal("B", Thrown(() => Two.HoldResources([new ResourceLimit("gpu")], ["A", "B"], Once)).TaskId);
            Hold(One, "gpu", 1).Dispose();
        }
        using var both = Two.HoldResources([new ResourceLimit("gpu"), new ResourceLimit("a")], ["B", "A"], Once);
        Assert.Equal(["A", "B"], both.Ids);
        Assert.Equal(["a", "gpu"], both.Resources.Select(resource => resource.Name));
        Assert.Equal(RefusalCode.LockTimeout, Thrown(() => One.Edit([new TaskEdit("A") { Name = "n" }],
            new CommitOptions { Timeout = TimeSpan.Zero })).Code);
        Assert.Equal(RefusalCode.LockTimeout, Thrown(() => Hold(One, "a", 1)).Code);
    }

    [Fact]
    public void The_same_again_a_task_after_a_resource_and_an_earlier_name_are_errors_at_once()
    {
        Define("T");
        using var hold = Hold(One, "m", 9);
        Assert.Equal(RefusalCode.LockRecursion, Thrown(() => One.HoldResources([new ResourceLimit("m", 9)], [], Endless)).Code);
        Assert.Equal(RefusalCode.LockOrder, Thrown(() => One.Hold(["T"], Endless)).Code);
        Assert.Equal(RefusalCode.LockOrder, Thrown(() => One.HoldResources([new ResourceLimit("a")], [], Endless)).Code);
        using var later = Hold(One, "z", 1);
        Assert.Equal(2, One.Session.CurrentHolds.Count);
    }

    [Fact]
    public void What_was_started_under_a_hold_does_not_wait_for_it()
    {
        using var hold = Hold(One, "gpu", 2);
        using var child = Place.OpenBoard(new LockSession(null, One.Session.Id));
        Assert.Equal(RefusalCode.LockRecursion, Thrown(() => child.HoldResources([new ResourceLimit("gpu", 2)], [], Endless)).Code);
        Hold(child, "other", 1).Dispose();
    }

    [Fact]
    public void A_wait_ends_when_somebody_lets_go_and_when_it_is_cancelled()
    {
        var hold = One.HoldResources([new ResourceLimit("gpu")], [], new HoldOptions { Agent = "x" });
        LockWait? told = null;
        using (var got = Two.HoldResources([new ResourceLimit("gpu")], [], new HoldOptions
        {
            Timeout = TimeSpan.FromMinutes(2),
            OnWait = wait =>
            {
                told ??= wait;
                hold.Dispose();
            },
        }))
            Assert.True(got.IsHeld);
        Assert.Equal(("gpu", "x"), (told!.Resource, told.Holder.Agent));
        using var again = Hold(One, "gpu", 1);
        using var cancel = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => Two.HoldResources([new ResourceLimit("gpu")], [],
            new HoldOptions { Timeout = Timeout.InfiniteTimeSpan, OnWait = _ => cancel.Cancel() }, cancel.Token));
    }

    [Theory]
    [InlineData("GPU")]
    [InlineData("\uFF47pu")] // full width
    [InlineData("g\u0440u")] // Cyrillic
    public void A_name_that_is_taken_for_one_in_use_is_refused(string name)
    {
        using (Hold(One, "gpu", 1))
        {
            var refusal = Thrown(() => Hold(Two, name, 1));
            Assert.Equal((RefusalCode.InvalidArgument, name), (refusal.Code, refusal.Resource));
            Assert.Contains("'gpu'", refusal.Message, StringComparison.Ordinal);
        }
        Hold(Two, name, 1).Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("gpu ")]
    [InlineData("a\nb")]
    [InlineData("a\u200Bb")]
    public void What_is_no_name_is_refused(string name) =>
        Assert.Equal(RefusalCode.InvalidArgument, Thrown(() => Hold(One, name, 1)).Code);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(101)]
    public void What_is_no_limit_is_refused(int limit) =>
        Assert.Equal(RefusalCode.InvalidArgument, Thrown(() => Hold(One, "gpu", limit)).Code);

    [Fact]
    public void Names_that_no_file_could_be_named_after_exclude_each_other_alone()
    {
        string[] names = ["../x", "..", "CON", "a/b", "a\\b", "a:b", "🚀", "ä", "%2e", "a b", "trail.", "NUL.txt", "x.1", "x.1.1", "x",
            new('y', 100), new('字', 100)];
        foreach (var name in names)
        {
            using var hold = Hold(One, name, 1);
            Assert.Equal(name, Assert.Single(Two.GetResources()).Name);
            foreach (var other in names)
            {
                if (other == name)
                    Assert.Equal(RefusalCode.LockTimeout, Thrown(() => Hold(Two, other, 1)).Code);
                else
                    Hold(Two, other, 1).Dispose();
            }
        }
        Assert.Equal(RefusalCode.InvalidArgument, Thrown(() => Hold(One, new string('z', 101), 1)).Code);
    }

    [Fact]
    public void Named_twice_is_refused()
    {
        Assert.Equal(RefusalCode.InvalidArgument,
            Thrown(() => One.HoldResources([new ResourceLimit("gpu"), new ResourceLimit("gpu", 2)], [], Once)).Code);
        Assert.Equal(RefusalCode.InvalidArgument, Thrown(() => One.HoldResources([], [], Once)).Code);
        Assert.Equal(RefusalCode.TaskNotFound, Thrown(() => One.HoldResources([new ResourceLimit("gpu")], ["none"], Once)).Code);
        // An attribute could not keep half a surrogate pair.
        Assert.Equal(RefusalCode.InvalidArgument, Thrown(() => Hold(One, "a\uD800", 1)).Code);
        Assert.Empty(Two.GetResources());
    }

    [Fact]
    public void Many_at_once_are_never_more_than_the_limit_and_all_get_their_turn()
    {
        var inside = 0;
        var most = 0;
        Crowd.Run(8, _ =>
        {
            var board = Place.OpenBoard();
            return () =>
            {
                using (board)
                {
                    for (var turn = 0; turn < 5; turn++)
                        Enter(board);
                }
            };
        });
        Assert.InRange(most, 1, 3);
        Assert.Empty(One.GetResources());

        void Enter(TaskBoard board)
        {
            using var hold = board.HoldResources([new ResourceLimit("gpu", 3)], [], new HoldOptions { Timeout = TimeSpan.FromMinutes(2) });
            var now = Interlocked.Increment(ref inside);
            for (var seen = Volatile.Read(ref most); now > seen; seen = Volatile.Read(ref most))
                Interlocked.CompareExchange(ref most, now, seen);
            Thread.Yield();
            Interlocked.Decrement(ref inside);
        }
    }

    private static TaskHold Hold(TaskBoard board, string name, int limit) =>
        board.HoldResources([new ResourceLimit(name, limit)], [], Once);
}
