using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using TaskLocking.FileStore;
using TaskLocking.Locking;
using TaskLocking.Tests.Processes;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>
/// One flushes for many: who is answered must have been flushed, by whomever, and nobody relies on a flush that is doubtful.
/// </summary>
[Collection(ProcessTests.Name)]
public sealed class FlushGroupTests : IDisposable
{
    private const string Memory = "/dev/shm";

    private readonly string _epoch = Guid.NewGuid().ToString("N")[..16];
    private readonly List<FlushGroup> _groups = [];
    private readonly TempWorkspace _place = new();

    public FlushGroupTests() => Assert.SkipUnless(LibCMemory.IsSupported, "Processes share memory by name on Linux only.");

    public void Dispose()
    {
        _groups.ForEach(group => group.Dispose());
        _place.Dispose();
    }

    [Fact]
    public void Who_was_flushed_by_another_does_not_flush_again()
    {
        var (one, other) = (Join(), Join());
        one.Append(0, 10);
        other.Append(10, 20);
        Assert.Equal(1, Flushes(other, 10, 20));
        Assert.Equal(0, Flushes(one, 0, 10));
        one.Append(20, 30);
        Assert.Equal(1, Flushes(one, 20, 30));
    }

    [Fact]
    public void A_flush_speaks_only_for_what_was_written_before_it_began()
    {
        var (one, other) = (Join(), Join());
        one.Append(0, 10);
        one.Flush(0, 10, () => other.Append(10, 20));
        Assert.Equal(1, Flushes(other, 10, 20));
    }

    [Fact]
    public async Task Whoever_waits_is_answered_after_the_flush_not_before()
    {
        var (one, other) = (Join(), Join());
        using var leads = new ManualResetEventSlim();
        using var disk = new ManualResetEventSlim();
        var isFlushed = false;
        one.Append(0, 10);
        other.Append(10, 20);
        var leader = Task.Factory.StartNew(() => one.Flush(0, 10, () =>
        {
            leads.Set();
            disk.Wait();
            Volatile.Write(ref isFlushed, true);
        }), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        leads.Wait(TestContext.Current.CancellationToken);
        var follower = Task.Factory.StartNew(() =>
        {
            var flushes = Flushes(other, 10, 20);
            return (flushes, Volatile.Read(ref isFlushed));
        }, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        disk.Set();
        await leader;
        var (own, wasFlushed) = await follower;
        // By its own flush only if it was kept from running for as long as a member waits for another.
        Assert.True(wasFlushed || own == 1);
    }

    [Fact]
    public async Task A_leader_that_does_not_go_on_keeps_nobody()
    {
        var (one, other) = (Join(), Join());
        using var leads = new ManualResetEventSlim();
        using var disk = new ManualResetEventSlim();
        one.Append(0, 10);
        other.Append(10, 20);
        var leader = Task.Factory.StartNew(() => one.Flush(0, 10, () =>
        {
            leads.Set();
            disk.Wait();
        }), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        leads.Wait(TestContext.Current.CancellationToken);
        Assert.Equal(1, Flushes(other, 10, 20));
        disk.Set();
        await leader;
    }

    [Fact]
    public void After_a_flush_that_failed_each_flushes_for_himself()
    {
        var (one, other) = (Join(), Join());
        one.Append(0, 10);
        other.Append(10, 20);
        Assert.Throws<IOException>(() => one.Flush(0, 10, () => throw new IOException("planted")));
        Assert.Equal(1, Flushes(other, 10, 20));
        other.Append(20, 30);
        Assert.Equal(1, Flushes(other, 20, 30));
        Assert.Equal(1, Flushes(one, 0, 10));
    }

    [Fact]
    public void Who_came_later_does_not_speak_for_older_lines()
    {
        // What was lost before a file was opened, the system does not tell whoever opens it.
        var one = Join();
        one.Append(0, 10);
        var late = Join(length: 10);
        late.Append(10, 20);
        Assert.Equal(1, Flushes(late, 10, 20));
        Assert.Equal(1, Flushes(one, 0, 10));
    }

    [Fact]
    public void What_was_flushed_where_somebody_cut_the_file_counts_no_more()
    {
        var one = Join();
        one.Append(0, 100);
        Assert.Equal(1, Flushes(one, 0, 100));
        one.Append(40, 60);
        Assert.Equal(1, Flushes(one, 40, 60));
    }

    [Fact]
    public void Other_journals_are_other_groups()
    {
        var (one, other) = (Join(), Join(sequence: 2));
        one.Append(0, 10);
        other.Append(0, 10);
        Assert.Equal(1, Flushes(one, 0, 10));
        Assert.Equal(1, Flushes(other, 0, 10));
    }

    [Fact]
    public void The_last_one_leaves_nothing_behind()
    {
        var (one, other) = (Join(), Join());
        Assert.Single(Left());
        one.Dispose();
        Assert.Single(Left());
        other.Dispose();
        Assert.Empty(Left());
    }

    [Fact]
    public void What_the_killed_leave_is_swept_after_a_day()
    {
        _ = Join();
        var left = Assert.Single(Left());
        File.SetLastWriteTimeUtc(left, DateTime.UtcNow.AddDays(-2));
        _ = Join(sequence: 2);
        Assert.DoesNotContain(left, Left());
    }

    [Fact]
    public void A_leader_that_is_stopped_and_killed_takes_nobody_with_him()
    {
        using var stopped = Worker.Start(new Dictionary<string, string> { ["TASKLOCKING_GATE"] = "flush.leading" }, "commit-until-killed",
            _place.Path, "stopped");
        // Before the other is there: what it commits in order to be ready must not wait at the gate.
        stopped.Ready();
        using var other = Worker.Start("commit-until-killed", _place.Path, "other");
        other.Ready();
        stopped.Go();
        other.Go();
        var told = new List<string[]>();
        while (told.Count == 0 || told[^1][0] != "AT")
            told.Add(stopped.ReadLine() ?? throw new InvalidOperationException(stopped.Errors()));
        _ = GoesOn(other, "other");
        stopped.Kill();
        var last = GoesOn(other, "other");
        other.Kill();
        Assert.Equal(Worker.Killed, stopped.WaitForExit());
        Assert.Equal(Worker.Killed, other.WaitForExit());
        using var board = _place.Open();
        Assert.True(Number(board, "other") >= last);
        Assert.True(Number(board, "stopped") >= told.Where(line => line[0] == "done")
            .Select(line => int.Parse(line[1], null)).LastOrDefault());
    }

    // What stands in its pipe was done before: it goes on when it has done more than the store shows now.
    private int GoesOn(Worker worker, string name)
    {
        using var board = _place.Open(oneShot: true);
        var before = Number(board, name);
        while (true)
        {
            var line = worker.ReadLine() ?? throw new InvalidOperationException(worker.Errors());
            if (line[0] == "done" && int.Parse(line[1], null) is var done && done > before)
                return done;
        }
    }

    private static int Number(TaskBoard board, string name) =>
        int.TryParse(board.FindTask(name + "-a")?.Content?.TrimStart('.'), out var number) ? number : 0;

    private FlushGroup Join(long sequence = 1, long length = 0)
    {
        var group = FlushGroup.TryJoin(_epoch, sequence, new FileStamp(length, 0, 0, 1, 2, 0));
        Assert.NotNull(group);
        _groups.Add(group);
        return group;
    }

    private static int Flushes(FlushGroup group, long start, long end)
    {
        var count = 0;
        group.Flush(start, end, () => count++);
        return count;
    }

    private string[] Left() => Directory.GetFiles(Memory, $"tasklock-{_epoch}-*");
}
