using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics.Metrics;
using System.IO;
using System.Linq;
using System.Threading;
using TaskLocking.Locking;
using TaskLocking.Metrics;
using TaskLocking.StoreContract;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Diagnostics;

/// <summary>Contention as it is counted: by what happens on boards that stand for processes.</summary>
public sealed class MetricsTests : IDisposable
{
    private static readonly CommitOptions Once = new() { Timeout = TimeSpan.Zero, By = "me" };

    private readonly TempWorkspace _place = new(inMemory: true);

    private string File => Path.Combine(_place.Store, "metrics.jsonl");

    public void Dispose() => _place.Dispose();

    [Fact]
    public void Waits_and_holds_of_all_processes_are_summed()
    {
        Commit("one", 3);
        Commit("two", 2);
        using var board = Open();
        var metrics = board.GetMetrics();
        Assert.Equal((5L, 5L), (metrics.Total.Waits.Count, metrics.Total.Holds.Count));
        Assert.Equal(["state"], metrics.Resources.Select(metric => metric.Name));
        Assert.Equal([("one", 3L), ("two", 2L)], metrics.Holders.Select(metric => (metric.Name, metric.Holds.Count)).Order());
        Assert.True(metrics.Total.Holds.Total > TimeSpan.Zero && metrics.Total.Holds.P99 <= metrics.Total.Holds.Longest);
        Assert.True(metrics.Since <= metrics.Until);
    }

    [Fact]
    public void What_has_not_been_told_yet_is_seen_by_its_own_process()
    {
        using var board = Open();
        board.Define([new TaskDefinition("A")]);
        Assert.Equal(1, board.GetMetrics().Total.Holds.Count);
        Assert.Equal(1, board.GetMetrics().Total.Holds.Count);
    }

    [Fact]
    public void Conflicts_are_counted_where_they_arise_and_for_whom()
    {
        using (var board = Open(oneShot: true))
        {
            board.Define([new TaskDefinition("A"), new TaskDefinition("B")]);
            board.Define([new TaskDefinition("A"), new TaskDefinition("")], Once);
            board.Assign(new AssignmentRequest(["A"], "agent", "x"));
            board.Assign(new AssignmentRequest(["A", "B", "nowhere"], "agent", "y"), Once);
            board.LockFiles(new FileLeaseRequest(new LeaseHolder("x"), ["src/**"]));
            board.LockFiles(new FileLeaseRequest(new LeaseHolder("y"), ["src/a.cs", "free"]));
            board.UnlockFiles(new FileUnlockRequest("z") { Paths = ["src/**"] });
            board.Complete([new CompleteRequest("A", "y") { Token = 7 }]);
        }
        using var reader = Open();
        var metrics = reader.GetMetrics();
        Assert.Equal(
            [("file:src/**", 1L), ("file:src/a.cs", 1L), ("task:A", 3L)],
            metrics.Resources.Where(metric => metric.Conflicts > 0).Select(metric => (metric.Name, metric.Conflicts)).Order());
        Assert.Equal(
            [("me", 2L), ("y", 2L), ("z", 1L)],
            metrics.Holders.Where(metric => metric.Conflicts > 0).Select(metric => (metric.Name, metric.Conflicts)).Order());
    }

    [Fact]
    public void The_locks_of_topics_are_counted_with_their_project()
    {
        Commit("one", 1);
        var told = new List<LockTimes>();
        using var elsewhere = new TempWorkspace(inMemory: true);
        using (TopicStore near = TopicStore.Open(_place.Path, "specs", oneShot: true), far = TopicStore.Open(_place.Path, elsewhere.Path))
        {
            near.Create(["a", "b"], options: new LockOptions { OnFreed = told.Add });
            near.Create(["c"]);
            far.Create(["d"]);
            using (ExclusiveLock.Acquire(Path.Combine(near.Root, TopicStore.LockFileName), new LockOptions { IsThreadBound = false }))
                Assert.Throws<TaskLockingException>(() => near.Create(["e"], options: new LockOptions { Timeout = TimeSpan.Zero }));
        }
        using var board = Open();
        var topics = board.GetMetrics().Resources.Where(metric => metric.Name != "state").ToDictionary(metric => metric.Name);
        Assert.Equal(["topics:" + elsewhere.Path.Replace('\\', '/'), "topics:specs"], topics.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((3L, 2L, 1L),
            (topics["topics:specs"].Waits.Count, topics["topics:specs"].Holds.Count, topics["topics:specs"].Timeouts));
        Assert.True(Assert.Single(told).Held > TimeSpan.Zero);
    }

    [Fact]
    public void A_project_without_tasks_gets_no_store_for_counting_its_topics()
    {
        using (var topics = TopicStore.Open(_place.Path, "specs", oneShot: true))
            topics.Create(["a"]);
        Assert.False(Directory.Exists(_place.Store));
    }

    [Fact]
    public void Holds_of_tasks_and_timeouts_are_counted()
    {
        using var board = Open();
        board.Define([new TaskDefinition("A"), new TaskDefinition("B")]);
        using (board.Hold(["A", "B"], new HoldOptions { Agent = "x" }))
        {
            using var other = Open();
            Assert.Throws<TaskLockingException>(() => other.Edit([new TaskEdit("A") { Name = "n" }], Once));
            Assert.Throws<TaskLockingException>(() => other.Hold(["B"], new HoldOptions { Agent = "y", Timeout = TimeSpan.Zero }));
        }
        var metrics = board.GetMetrics();
        Assert.Equal(
            [("task:A", 1L, 1L), ("task:B", 1L, 1L)],
            metrics.Resources.Where(metric => metric.Name != "state").Select(metric => (metric.Name, metric.Holds.Count, metric.Timeouts))
                .Order());
        Assert.Equal([("me", 1L), ("y", 1L)], metrics.Holders.Where(metric => metric.Timeouts > 0)
            .Select(metric => (metric.Name, metric.Timeouts)).Order());
    }

    [Fact]
    public void A_hold_that_outlives_its_board_is_counted()
    {
        TaskHold hold;
        using (var board = Open())
        {
            board.Define([new TaskDefinition("A")]);
            hold = board.Hold(["A"]);
        }
        hold.Dispose();
        using var reader = Open();
        Assert.Equal(1, reader.GetMetrics().Resources.Single(metric => metric.Name == "task:A").Holds.Count);
    }

    [Fact]
    public void Broken_leases_are_counted_by_whose_they_were()
    {
        var start = ProcessLiveness.StartOf(Environment.ProcessId);
        Assert.SkipWhen(start is null, "this system does not tell when a process started");
        var dead = new LeaseHolder("gone") { Host = ProcessLiveness.HostName, Pid = Environment.ProcessId, ProcessStart = start + "0" };
        using var board = Open();
        board.Define([new TaskDefinition("A")]);
        board.Request(new TaskRequest(dead));
        board.LockFiles(new FileLeaseRequest(dead, ["x", "y"]));
        board.LockFiles(new FileLeaseRequest(new LeaseHolder("b"), ["x"]));
        Assert.Equal("A", board.Request(new TaskRequest(new LeaseHolder("b"))).Task!.Id);
        var metrics = board.GetMetrics();
        Assert.Equal([("gone", 3L)], metrics.Holders.Where(metric => metric.BrokenLeases > 0)
            .Select(metric => (metric.Name, metric.BrokenLeases)));
        Assert.Equal(["file:x", "file:y", "task:A"], metrics.Resources.Where(metric => metric.BrokenLeases == 1)
            .Select(metric => metric.Name).Order());
    }

    [Fact]
    public void A_torn_or_foreign_line_is_passed_over_and_the_next_is_whole()
    {
        Commit("one", 2);
        System.IO.File.AppendAllText(File, "hello\n{\"metrics\":1,\"from\":\"20");
        Commit("two", 1);
        using var board = Open();
        Assert.Equal(3, board.GetMetrics().Total.Holds.Count);
    }

    [Fact]
    public void A_long_file_is_summed_up()
    {
        Commit("one", 2);
        var line = System.IO.File.ReadAllText(File);
        var copies = (MetricsFile.CompactFrom / line.Length) + 1;
        System.IO.File.WriteAllText(File, string.Concat(Enumerable.Repeat(line, copies)) + "torn");
        Commit("two", 1);
        Assert.InRange(new FileInfo(File).Length, 1, 2_000);
        using var board = Open();
        var metrics = board.GetMetrics();
        Assert.Equal([("one", 2L * copies), ("two", 1L)], metrics.Holders.Select(metric => (metric.Name, metric.Holds.Count)).Order());
    }

    [Fact]
    public void A_reset_begins_anew()
    {
        Commit("one", 2);
        using var board = Open();
        board.Edit([new TaskEdit("one-0") { Name = "n" }]);
        board.ResetMetrics();
        Assert.Equal((0L, null), (board.GetMetrics().Total.Holds.Count, board.GetMetrics().Since));
        board.ResetMetrics();
        board.Edit([new TaskEdit("one-0") { Name = "m" }]);
        Assert.Equal(1, board.GetMetrics().Total.Holds.Count);
    }

    [Fact]
    public void What_cannot_be_recorded_fails_no_commit()
    {
        Commit("one", 1);
        System.IO.File.Delete(File);
        Directory.CreateDirectory(File);
        Commit("two", 2);
        using var held = ExclusiveLock.Acquire(Path.Combine(_place.Store, "metrics.lock"));
        Commit("three", 1);
        using var board = Open();
        Assert.Equal(4, board.GetTasks().Count);
    }

    [Fact]
    public void Reading_and_refused_requests_without_a_store_leave_nothing()
    {
        using (var board = Open(oneShot: true))
        {
            Assert.Empty(board.GetTasks());
            Assert.Null(board.GetMetrics().Since);
            board.Complete([new CompleteRequest("A", "y") { Token = 7 }]);
        }
        Assert.Empty(Directory.EnumerateFileSystemEntries(_place.Path));
    }

    [Fact]
    public void Many_processes_lose_nothing()
    {
        Crowd.Run(8, number =>
        {
            var board = Open(oneShot: number % 2 == 0);
            return () =>
            {
                using (board)
                {
                    for (var round = 0; round < 10; round++)
                        board.Define([new TaskDefinition($"T-{number}-{round}")], new CommitOptions { Timeout = TimeSpan.FromMinutes(2) });
                }
            };
        });
        using var reader = Open();
        Assert.Equal(80, reader.GetMetrics().Total.Holds.Count);
    }

    [Fact]
    public void Whoever_listens_gets_instruments_with_few_attributes()
    {
        var seen = new ConcurrentBag<string>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, self) => Enable(instrument, self) };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags,
            _) => seen.Add($"{instrument.Name} {instrument.Unit} {tags[0].Key}={tags[0].Value} {value >= 0 && value < 1_000}"));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags,
            _) => seen.Add($"{instrument.Name} {tags[0].Value} {(tags.Length > 1 ? tags[1].Key + "=" + tags[1].Value : "")} {value}"));
        listener.Start();
        using var board = Open();
        board.Define([new TaskDefinition("A")]);
        board.Define([new TaskDefinition("A")]);
        using (board.Hold(["A"]))
        {
            using var other = Open();
            Assert.Throws<TaskLockingException>(() => other.Edit([new TaskEdit("A") { Name = "n" }], Once));
        }
        Assert.Contains("tasklocking.lock.wait.duration s tasklocking.resource.type=state True", seen);
        Assert.Contains("tasklocking.lock.hold.duration s tasklocking.resource.type=state True", seen);
        Assert.Contains("tasklocking.lock.hold.duration s tasklocking.resource.type=task True", seen);
        Assert.Contains("tasklocking.conflicts task error.type=TaskAlreadyDefined 1", seen);
        Assert.Contains("tasklocking.lock.timeouts task  1", seen);
    }

    private static void Enable(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Name == "TaskLocking")
            listener.EnableMeasurementEvents(instrument);
    }

    private TaskBoard Open(bool oneShot = false) =>
        TaskBoard.Open(_place.Path, new TaskBoardOptions { OneShot = oneShot, Session = new LockSession() });

    private void Commit(string by, int times)
    {
        using var board = Open(oneShot: true);
        for (var number = 0; number < times; number++)
            board.Define([new TaskDefinition($"{by}-{number}")], new CommitOptions { By = by });
    }
}
