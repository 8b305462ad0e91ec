using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using TaskLocking.FileStore;
using TaskLocking.Locking;
using TaskLocking.Model;
using TaskLocking.Todo2;
using TaskLocking.Workspaces;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>A commit that looks no name up any more does what one does that looks up all of them.</summary>
public sealed class StoreWatchTests : IDisposable
{
    private readonly TempWorkspace _place = new(inMemory: true);
    private readonly StorePaths _paths;
    private readonly FileTaskStore _store;
    private readonly TaskBoard _board;
    private int _edits;

    public StoreWatchTests()
    {
        _paths = new StorePaths(_place.Path);
        _store = new FileTaskStore(_place.Path, new TaskBoardOptions());
        _board = new TaskBoard(_store, _place.Path, new LockSession());
        _board.Define([new TaskDefinition("A"), new TaskDefinition("B")]);
        using (var watch = FolderWatch.TryOpen(_place.Store))
            Assert.SkipWhen(watch is null, "This system does not tell what happens to the names in a folder.");
        Watch();
    }

    public void Dispose()
    {
        _board.Dispose();
        _place.Dispose();
    }

    [Fact]
    public void Commits_of_others_are_seen_and_end_no_watch()
    {
        using var nobodyPublishes = ExclusiveLock.Acquire(_paths.PublishLock);
        using var other = _place.Open(oneShot: true);
        for (var round = 0; round < 50; round++)
        {
            Edit(other, "A", $"theirs {round}");
            Assert.Equal($"theirs {round}", Commit("ours " + round, "B").Single(task => task.Id == "A").Content);
        }
        Assert.True(_store.Log.Source.Watch.IsSure);
    }

    [Fact]
    public void As_much_as_is_read_at_once_is_not_taken_for_all_there_is()
    {
        using var nobodyPublishes = ExclusiveLock.Acquire(_paths.PublishLock);
        using var other = _place.Open(oneShot: true);
        do
            Commit("ours");
        while ($"{_store.Log.Source.Image!.State.Version}".Length < $"{_store.Log.Source.Image.State.Version + 9}".Length);
        var shortest = LengthOf(() => other.Define([new TaskDefinition("1") { Content = "x" }]));
        Commit("caught up");
        // The first is read before the lock is asked for. Of what was read last as many bytes as a line's end has are read once more.
        var room = JournalFile.SomeLines - JournalLine.TailLength;
        foreach (var id in new[] { "2", "3" })
            Assert.Equal(room, LengthOf(() => other.Define([new TaskDefinition(id) { Content = new string('x', room - shortest + 1) }])));
        Edit(other, "A", "behind it");

        Assert.True(_store.Log.Source.Watch.IsSure);
        Commit("ours", "B");
        Assert.Equal("behind it", _board.FindTask("A")!.Content);
        AssertSound();

        int LengthOf(Action commit)
        {
            var journal = new FileInfo(_store.Log.Source.Image!.Journal!.Path);
            var before = journal.Length;
            commit();
            journal.Refresh();
            return (int)(journal.Length - before);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Another_lock_file_that_took_the_place_is_the_one_that_counts(bool byRename)
    {
        if (byRename)
        {
            File.WriteAllText(_place.In("new"), "");
            File.Move(_place.In("new"), _place.StateLock, overwrite: true);
        }
        else
        {
            File.Delete(_place.StateLock);
        }
        using (Hold(_place.StateLock))
            AssertRefused();
        Commit("free again");
        Watch();
        using (Hold(_place.StateLock))
            AssertRefused();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_task_that_another_holds_is_refused(bool isFirst)
    {
        if (!isFirst)
        {
            using (Hold(TaskLock("B")))
                Commit("the other one");
            Watch();
        }
        using (Hold(TaskLock("A")))
        {
            AssertRefused();
            Commit("not held", "B");
            AssertRefused();
        }
        Commit("free again");
        File.Delete(TaskLock("A"));
        Watch();
        using (Hold(TaskLock("A")))
            AssertRefused();
    }

    [Fact]
    public void A_lock_that_was_held_before_is_known()
    {
        using var held = Hold(TaskLock("A"));
        Watch("B");
        AssertRefused();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_document_that_others_rewrite_is_taken_over(bool byRename)
    {
        _board.Sync();
        Watch("B");
        var theirs = JsonNode.Parse(File.ReadAllText(_place.Document))!;
        theirs["todos"]![0]!["assignee"] = new JsonObject { ["type"] = "human", ["name"] = "kim" };
        var written = byRename ? _place.In("new") : _place.Document;
        File.WriteAllText(written, theirs.ToJsonString());
        File.Move(written, _place.Document, overwrite: true);
        // Decided at first on what was known, in which the task is free.
        var refusal = Assert.Single(_board.Assign(new AssignmentRequest(["A"], "agent", "ada")).Failed).Refusal!;
        Assert.Equal(RefusalCode.TaskAlreadyAssigned, refusal.Code);
        Commit("ours");
        AssertSound();
    }

    [Theory]
    [InlineData("")]
    [InlineData("journal")]
    [InlineData("locks")]
    public void A_copy_that_took_the_folders_place_is_the_one_that_counts(string part)
    {
        using (Hold(TaskLock("B")))
            Commit("makes the folder of the locks");
        Watch();
        var folder = Path.Combine(_place.Store, part);
        TempWorkspace.ReplaceByCopy(folder, _place.In("moved"));
        var old = Directory.GetFiles(_place.In("moved"), "*.jsonl", SearchOption.AllDirectories).SingleOrDefault();
        var length = old is null ? 0 : new FileInfo(old).Length;

        using (Hold(TaskLock("A")))
            AssertRefused();
        using (Hold(_place.StateLock))
            AssertRefused();
        Commit("ours");
        Assert.Equal(length, old is null ? 0 : new FileInfo(old).Length);
        AssertSound();
        Watch();
        AssertSound();
    }

    // Also where this process itself has published in the copy, or was the first to publish anywhere.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_folder_above_may_be_replaced_too(bool isFirstPublishedThere)
    {
        using var place = new TempWorkspace(inMemory: true);
        var above = place.In("above");
        Directory.CreateDirectory(above);
        var there = new StorePaths(above);
        using var store = new FileTaskStore(above, new TaskBoardOptions());
        using var board = new TaskBoard(store, above, new LockSession());
        Directory.CreateDirectory(Path.GetDirectoryName(there.PublishLock)!);
        using (isFirstPublishedThere ? ExclusiveLock.Acquire(there.PublishLock) : null)
        {
            board.Define([new TaskDefinition("A")]);
            if (!isFirstPublishedThere)
                board.Sync();
            Watch(store, board);
            TempWorkspace.ReplaceByCopy(above, place.In("moved"));
        }
        Assert.True(SpinWait.SpinUntil(() => { lock (store.Log.Gate) return store.Log.Source.Image!.DocumentStamp is not null; },
            TimeSpan.FromMinutes(1)));

        Edit(board, "A", "in the copy");
        using var copy = TaskBoard.Open(above, new TaskBoardOptions { OneShot = true });
        Assert.Equal("in the copy", copy.FindTask("A")!.Content);
        using var moved = TaskBoard.Open(place.In("moved"), new TaskBoardOptions { OneShot = true });
        Assert.NotEqual("in the copy", moved.FindTask("A")!.Content);
        Watch(store, board);
        File.Delete(there.StateLock);
        using (Hold(there.StateLock))
            AssertRefused(board);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_journal_that_others_write_into_is_looked_at_anew(int longer)
    {
        _board.Sync();
        var (chain, end) = (_store.Log.Source.Image!.Chain, (int)_store.Log.Source.Image.Offset);
        Edit(_board, "A", "one");
        _board.Sync();
        // As if another had gone on from there.
        var journal = _store.Log.Source.Image!.Journal!.Path;
        var bytes = File.ReadAllBytes(journal);
        var line = new ByteBuffer();
        line.Write(Encoding.UTF8.GetString(bytes, end, bytes.Length - end - JournalLine.TailLength)
            .Replace("\"one\"", "\"two" + new string('!', longer) + "\"", StringComparison.Ordinal));
        JournalLine.Seal(line, chain);
        File.WriteAllBytes(journal, [.. bytes.AsSpan(0, end), .. line.Written]);

        lock (_store.Log.Gate)
            Assert.False(_store.Log.Source.Image.TryFollowOpen());
        Commit("ours", "B");
        AssertSound();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_copy_that_took_the_journals_place_is_the_one_that_counts(bool isNew)
    {
        if (isNew)
        {
            Seal();
            _store.Read(); // goes on in the next one, which no commit has looked at yet
        }
        var journal = _store.Log.Source.Image!.Journal!.Path;
        File.Copy(journal, _place.In("copy"));
        File.Move(_place.In("copy"), journal, overwrite: true);
        Commit("ours");
        AssertSound();
    }

    [Fact]
    public void A_journal_that_was_cut_is_looked_at_anew()
    {
        _board.Sync();
        Commit("cut off");
        var journal = _store.Log.Source.Image!.Journal!.Path;
        using (var file = new FileStream(journal, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
            file.SetLength(_store.Log.Source.Image!.Offset - 1);

        Commit("ours", "B");
        AssertSound();
    }

    [Fact]
    public void A_journal_that_others_sealed_is_followed_by_the_next()
    {
        Seal();
        Assert.Equal("in the next", Commit("ours", "B").Single(task => task.Id == "A").Content);
        AssertSound();
        Watch();
        AssertSound();
    }

    [Fact]
    public void A_queue_that_ran_over_is_made_up_for()
    {
        var limit = int.Parse(File.ReadAllText("/proc/sys/fs/inotify/max_queued_events"));
        Assert.SkipWhen(limit > 100_000, "It takes too long to fill the queue of this system.");
        var noise = Path.Combine(_place.Journals, "noise");
        for (var events = 0; events <= limit; events += 2)
        {
            File.WriteAllText(noise, "");
            File.Delete(noise);
        }
        File.Delete(_place.StateLock);
        using (Hold(_place.StateLock))
            AssertRefused();
        Watch();
    }

    [Fact]
    public void A_store_that_rests_gives_its_watch_back_and_takes_it_again()
    {
        lock (_store.Log.Gate)
        {
            Assert.True(_store.Log.Source.Watch.IsSure);
            _store.Log.Source.Watch.CloseIfIdle(Environment.TickCount + StoreWatch.Idle);
            Assert.False(_store.Log.Source.Watch.IsSure);
        }
        File.Delete(_place.StateLock);
        using (Hold(_place.StateLock))
            AssertRefused();
        Watch();
    }

    [Fact]
    public void Those_that_ended_take_no_watch_from_those_that_come()
    {
        for (var count = 0; count < 20; count++)
        {
            using var store = new FileTaskStore(_place.Path, new TaskBoardOptions());
            using var board = new TaskBoard(store, _place.Path, new LockSession());
            Watch(store, board);
        }
    }

    [Fact]
    public void Who_commits_once_in_a_process_watches_nothing()
    {
        using var store = new FileTaskStore(_place.Path, new TaskBoardOptions { OneShot = true });
        using var board = new TaskBoard(store, _place.Path, new LockSession());
        for (var edit = 0; edit < 200; edit++)
            Edit(board, "A", $"{edit}");
        Assert.False(store.Log.Source.Watch.IsSure);
    }

    private void Watch(string id = "A") => Watch(_store, _board, id);

    // Commits until nothing need be looked up: once at least, for what happened before is noticed only then.
    private static void Watch(FileTaskStore store, TaskBoard board, string id = "A")
    {
        for (var edit = 0; edit == 0 || (edit < 10_000 && !store.Log.Source.Watch.IsSure); edit++)
            Edit(board, id, $"watching since {Guid.NewGuid()}");
        Assert.True(store.Log.Source.Watch.IsSure);
    }

    private void Seal()
    {
        using var other = new FileTaskStore(_place.Path, new TaskBoardOptions { OneShot = true });
        using var board = new TaskBoard(other, _place.Path, new LockSession());
        Edit(board, "A", "in the last");
        var sequence = other.Log.Source.Image!.Journal!.Sequence;
        other.Log.Publisher.Checkpoint();
        Edit(board, "A", "in the next");
        Assert.NotEqual(sequence, other.Log.Source.Image!.Journal!.Sequence);
    }

    private string TaskLock(string id)
    {
        Directory.CreateDirectory(_paths.Locks);
        return TaskLockFile.PathOf(_paths.Locks, id);
    }

    // The publisher may have it for a moment.
    private static LockFile Hold(string path)
    {
        var file = LockFile.Open(path)!;
        Assert.True(SpinWait.SpinUntil(file.TryLock, TimeSpan.FromMinutes(1)));
        return file;
    }

    private IEnumerable<AgentTask> Commit(string content, string id = "A")
    {
        content = $"{content} {_edits++}";
        Edit(_board, id, content);
        var tasks = _store.Read().Tasks;
        Assert.Equal(content, tasks.Single(task => task.Id == id).Content);
        return tasks;
    }

    private static void Edit(TaskBoard board, string id, string content) =>
        Assert.Null(board.Edit([new TaskEdit(id) { Content = content }])[0].Refusal);

    private void AssertRefused(TaskBoard? board = null)
    {
        var refused = Assert.Throws<TaskLockingException>(() => (board ?? _board).Edit([new TaskEdit("A") { Content = "refused" }],
            new CommitOptions { Timeout = TimeSpan.Zero }));
        Assert.Equal(RefusalCode.LockTimeout, refused.Refusal.Code);
    }

    // What this store believes is what one reads that comes new, and there is nothing wrong with the files.
    private void AssertSound()
    {
        using var fresh = new FileTaskStore(_place.Path, new TaskBoardOptions { OneShot = true });
        Assert.Equal(fresh.Read().Tasks.Select(task => task.ToJson()), _store.Read().Tasks.Select(task => task.ToJson()));
        var (theirs, ours) = (fresh.Log.Source.Image!, _store.Log.Source.Image!);
        Assert.Equal((theirs.State.Version, theirs.Offset, theirs.Chain), (ours.State.Version, ours.Offset, ours.Chain));
        Assert.False(theirs.IsTorn);
    }
}
