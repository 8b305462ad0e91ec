using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using TaskLocking.FileStore;
using TaskLocking.Locking;
using Xunit;
using Worker = TaskLocking.Tests.Processes.Worker;

namespace TaskLocking.Tests.Storage;

/// <summary>Who follows the journals of a folder: over seals and ends, over what is torn, and where they are other ones.</summary>
public sealed class FileTailTests : IDisposable
{
    private readonly TempWorkspace _place = new();
    private readonly FileTaskStore _store;
    private readonly TaskBoard _board;

    public FileTailTests()
    {
        _store = new FileTaskStore(_place.Path, new TaskBoardOptions());
        _board = new TaskBoard(_store, _place.Path, new LockSession());
    }

    public void Dispose()
    {
        _board.Dispose();
        _place.Dispose();
    }

    [Fact]
    public void It_goes_on_over_checkpoints_wherever_it_begins()
    {
        Define("A", "B");
        using var feed = _board.OpenFeed(1);
        Assert.Equal(["B"], Ids(feed));
        _store.Log.Publisher.Checkpoint();
        Define("C");
        Assert.Equal(["C"], Ids(feed));
        Assert.Equal(["A", "B", "C"], From(TaskFeed.Oldest));
        Assert.Equal(["B", "C"], From(1));
        Assert.Equal(["C"], From(2));
        // The first journal is swept with the second checkpoint; who has it open reads it to its end.
        Define("D");
        _store.Log.Publisher.Checkpoint();
        Define("E");
        Assert.Equal(["D", "E"], Ids(feed));
        Assert.Equal(["E"], From(4));
        Assert.Equal(["D", "E"], From(3));
    }

    [Fact]
    public void What_is_not_kept_any_more_is_refused_with_the_version_to_go_on_from()
    {
        for (var round = 0; round < 4; round++)
        {
            Define("A" + round, "B" + round);
            _store.Log.Publisher.Checkpoint();
        }
        var refused = Assert.Throws<TaskLockingException>(() => _board.OpenFeed(1)).Refusal;
        Assert.Equal((RefusalCode.EventsLost, 8L, 1L), (refused.Code, refused.FoundVersion, refused.ExpectedVersion));
        using var feed = _board.OpenFeed(refused.FoundVersion);
        Define("C");
        Assert.Equal(["C"], Ids(feed));
    }

    [Fact]
    public void Who_falls_behind_what_is_kept_is_told_so_and_goes_on()
    {
        Define("A");
        using var feed = _board.OpenFeed();
        Define("B");
        for (var round = 0; round < 4; round++)
        {
            _store.Log.Publisher.Checkpoint();
            Define("C" + round);
        }
        // The open journal is read to its end; the one behind it is gone.
        var events = Drain(feed);
        Assert.Equal(["B"], events.Where(told => !told.IsReset).Select(told => told.TaskId));
        Assert.True(events[^1].IsReset);
        Assert.Equal(_board.GetVersion(), events[^1].Version);
        Define("D");
        Assert.Equal(["D"], Ids(feed));
    }

    [Fact]
    public void A_journal_that_has_ended_without_a_seal_is_followed_to_the_next()
    {
        Define("A");
        using var feed = _board.OpenFeed(0);
        Assert.Equal(["A"], Ids(feed));
        File.WriteAllText(_store.Log.Paths.Ended(1), ""); // the word of one whose flush failed
        Define("B");
        Assert.False(File.Exists(_store.Log.Paths.Journal(1)));
        Assert.Equal(["B"], Ids(feed));
        Assert.Equal(["A", "B"], From(TaskFeed.Oldest));
        Assert.Equal(["B"], From(1));
    }

    [Fact]
    public void What_a_crash_tore_is_not_told_and_does_not_wake_for_ever()
    {
        Define("A");
        using var feed = _board.OpenFeed();
        using (var journal = new FileStream(_store.Log.Paths.Journal(1), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            journal.Seek(0, SeekOrigin.End);
            journal.Write("{\"v\":2,\"t\":\"20"u8);
        }
        Assert.Empty(feed.Read());
        Assert.Empty(feed.Read());
        Assert.False(feed.Wait(TimeSpan.Zero));
        Define("B");
        Assert.Equal(["B"], Ids(feed));
    }

    [Fact]
    public void A_store_that_is_put_back_is_told_as_a_reset()
    {
        Assert.SkipUnless(LocalFileSystem.Has(_place.Path), "Files have no lasting identity here.");
        Define("A");
        var saved = _place.In("saved");
        TempWorkspace.Copy(_place.Store, saved);
        using var feed = _board.OpenFeed();
        Define("B");
        var lost = _board.GetVersion();
        Assert.Equal(["B"], Ids(feed));
        Directory.Move(_place.Store, _place.In("lost"));
        Directory.Move(saved, _place.Store);
        Define("C");
        var events = Drain(feed);
        Assert.Contains(events, told => told.IsReset);
        Assert.DoesNotContain(events.SkipWhile(told => !told.IsReset), told => told.TaskId == "B");
        Define("D");
        Assert.Equal(["D"], Ids(feed));
        Assert.Equal(RefusalCode.EventsLost, Assert.Throws<TaskLockingException>(() => _board.OpenFeed(lost)).Refusal.Code);
    }

    [Fact]
    public void A_store_that_begins_later_is_followed_from_its_first_commit()
    {
        using var feed = _board.OpenFeed();
        Assert.Empty(feed.Read());
        Define("A");
        Assert.Equal(["A"], Ids(feed));
        Define("B");
        Assert.Equal(["B"], Ids(feed));
    }

    [Fact]
    public void What_the_disk_does_not_confirm_is_told_when_another_journal_has_it()
    {
        Define("A");
        using var follower = Worker.Start(
            new Dictionary<string, string> { ["TASKLOCKING_FAULT"] = "journal.flush:1" }, "follow", _place.Path, "1");
        Define("B");
        var word = _store.Log.Paths.Ended(1);
        Assert.True(SpinWait.SpinUntil(() => File.Exists(word), TimeSpan.FromMinutes(1)));
        Define("C");
        Assert.Equal("2", follower.ReadLine()![1]);
        Assert.Equal(_board.GetVersion().ToString(CultureInfo.InvariantCulture), follower.ReadLine()![1]);
        follower.Kill();
    }

    [Fact]
    public void What_others_wrote_into_the_document_is_told_when_it_is_taken_over()
    {
        Define("A");
        _board.Sync();
        using var feed = _board.OpenFeed();
        File.WriteAllText(_place.Document, File.ReadAllText(_place.Document).Replace("\"Todo\"", "\"Review\"", StringComparison.Ordinal));
        _board.Sync();
        Assert.Equal(["A"], Ids(feed));
    }

    private void Define(params string[] ids)
    {
        foreach (var id in ids)
            Assert.Null(_board.Define([new TaskDefinition(id)])[0].Refusal);
    }

    private List<string?> From(long after)
    {
        using var feed = _board.OpenFeed(after);
        return Ids(feed);
    }

    private static List<string?> Ids(TaskFeed feed) => Drain(feed).ConvertAll(told => told.TaskId);

    private static List<TaskEvent> Drain(TaskFeed feed)
    {
        var events = new List<TaskEvent>();
        for (var isOver = false; !isOver;)
        {
            var read = feed.Read();
            events.AddRange(read);
            isOver = read.Count == 0;
        }
        return events;
    }
}
