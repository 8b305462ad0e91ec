using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using TaskLocking.Locking;
using TaskLocking.Tests.Processes;
using TaskLocking.Workspaces;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>What killed processes left half-written goes, and nothing else does.</summary>
[Collection(ProcessTests.Name)]
public sealed class TemporarySweepTests : IDisposable
{
    private readonly TempWorkspace _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("publish.before-rename")]
    [InlineData("publish.between")]
    public void A_sync_removes_what_a_killed_publisher_left(string failpoint)
    {
        using (var worker = Worker.Start(new Dictionary<string, string> { ["TASKLOCKING_FAILPOINT"] = failpoint }, "tour", _place.Path))
        {
            worker.Ready();
            worker.Go();
            _ = worker.Lines();
            Assert.Equal(Worker.Killed, worker.WaitForExit());
        }
        Assert.Single(Temporary());
        using var board = _place.Open();
        Assert.NotNull(board.FindTask("step"));
        Assert.Single(Temporary()); // Who only reads removes nothing.
        board.Sync();
        Assert.Empty(Temporary());
        Assert.Contains(TodoBytes.Of(_place.Document), todo => todo.Id == "step");
    }

    [Fact]
    public void A_checkpoint_removes_it_too()
    {
        using var board = _place.Open(oneShot: true);
        board.Define([new TaskDefinition("A")]);
        Leave();
        Assert.Equal(5, Temporary().Length);
        // It is due at 4 MB of journal.
        for (var round = 0; round < 15; round++)
            board.Edit([new TaskEdit("A") { Content = new string((char)('a' + round), 400_000) }]);
        Assert.Empty(Temporary());
    }

    [Fact]
    public void What_is_named_otherwise_stays()
    {
        using var board = _place.Open();
        board.Define([new TaskDefinition("A")]);
        string[] others =
        [
            ".state.todo2.json.swp", ".state.todo2.json.tmp", ".state.todo2.json.abcdefgh.abc", ".other.json.abcdefgh.abc.tmp",
                "state.todo2.json.abcdefgh.abc.tmp",
            ".state.todo2.json.abcdefgh-abc.tmp", ".state.todo2.json.ABCDEFGH.abc.tmp", ".state.todo2.json.abcdefg.abcd.tmp",
        ];
        foreach (var name in others)
            File.WriteAllText(Path.Combine(_place.Store, name), "");
        board.Sync();
        Assert.All(others, name => Assert.True(File.Exists(Path.Combine(_place.Store, name)), name));
    }

    [Fact]
    public void While_somebody_publishes_nothing_is_removed_and_nobody_waits()
    {
        using var board = _place.Open();
        board.Define([new TaskDefinition("A")]);
        board.Sync();
        Leave();
        using (ExclusiveLock.Acquire(Path.Combine(_place.Journals, "publish.lock"), new LockOptions { IsThreadBound = false }))
        {
            board.Sync();
            Assert.Equal(5, Temporary().Length);
        }
        board.Sync();
        Assert.Empty(Temporary());
    }

    [Fact]
    public async Task Those_who_publish_at_the_same_time_lose_nothing_to_it()
    {
        using (var board = _place.Open())
            board.Define([.. Enumerable.Range(0, 4).Select(id => new TaskDefinition("T-" + id))]);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(id => Task.Factory.StartNew(() =>
        {
            using var board = _place.Open();
            for (var round = 1; round <= 25; round++)
            {
                board.Edit([new TaskEdit("T-" + id) { Content = "round " + round }]);
                Leave();
                // It throws if what it has just written is gone when it is to be moved to its place.
                board.Sync(new CommitOptions { Timeout = TimeSpan.FromMinutes(2) });
            }
        }, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        using var last = _place.Open();
        last.Sync();
        Assert.Empty(Temporary());
        Assert.All(TodoBytes.Of(_place.Document), todo => Assert.Contains("\"round 25\"", todo.ToString(), StringComparison.Ordinal));
    }

    private string[] Temporary() => Directory.GetFiles(_place.Store, ".*.tmp", SearchOption.AllDirectories);

    // One of each kind, as a process leaves it that is killed before it moves the file.
    private void Leave()
    {
        var paths = new StorePaths(_place.Path);
        Directory.CreateDirectory(paths.Aside);
        foreach (var target in new[] { paths.Document, paths.Backup, paths.GitIgnore, paths.Published,
            Path.Combine(paths.Aside, "20260101T000000Z-x.tail") })
            FileBytes.WriteBeside(target, "half"u8, durable: false);
    }
}
