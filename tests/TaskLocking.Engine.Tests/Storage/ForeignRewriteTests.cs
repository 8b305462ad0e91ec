using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using TaskLocking.FileStore;
using TaskLocking.Locking;
using TaskLocking.Model;
using TaskLocking.Workspaces;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>Scripts that load the document, change it and write it back whole, between two of our commits and without our lock.</summary>
public sealed class ForeignRewriteTests : IDisposable
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly TempWorkspace _place = new();
    private readonly TaskBoard _board;

    public ForeignRewriteTests()
    {
        _board = _place.Open(oneShot: true);
        _board.Define([.. new[] { "A", "B", "C" }.Select(id => new TaskDefinition(id) { Content = "ours" })]);
    }

    public void Dispose()
    {
        _board.Dispose();
        _place.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_they_change_and_add_is_taken_over_and_what_they_remove_if_they_kept_our_mark(bool keepsMark)
    {
        string[] left = keepsMark ? ["A", "C", "D"] : ["A", "B", "C", "D"];
        var theirs = Load(keepsMark);
        Todo(theirs, "A")["content"] = "theirs";
        Todo(theirs, "A")["new_field"] = new JsonObject { ["x"] = 1 };
        Todos(theirs).Remove(Todo(theirs, "B"));
        Todos(theirs).Add(new JsonObject { ["id"] = "D", ["name"] = "new", ["status"] = "pending" });
        theirs["someone"] = "else";
        Save(theirs);

        Assert.Equal(left, Ids());
        _board.Edit([new TaskEdit("C") { Name = "ours" }]);
        Assert.Equal(left, Ids());
        Assert.Equal("theirs", _board.FindTask("A")!.Content);
        Assert.Contains("new_field", _board.FindTask("A")!.ToJson(), StringComparison.Ordinal);
        Assert.Equal("else", (string?)Load(true)["someone"]);
        AssertShown();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_living_process_sees_and_respects_what_they_assigned(bool keepsMark)
    {
        using var living = _place.Open();
        Assert.Null(living.FindTask("A")!.Assignee);
        var theirs = Load(keepsMark);
        Todo(theirs, "A")["assignee"] = new JsonObject { ["type"] = "human", ["name"] = "kim" };
        Save(theirs);
        Assert.Equal("human:kim", living.FindTask("A")!.Assignee!.ToString());
        var refusal = Assert.Single(living.Assign(new AssignmentRequest(["A"], "agent", "x")).Failed).Refusal!;
        Assert.Equal(RefusalCode.TaskAlreadyAssigned, refusal.Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whoever_loaded_before_our_change_does_not_undo_it(bool keepsMark)
    {
        var theirs = Load(keepsMark);
        Later("A", "ours again");
        _board.Define([new TaskDefinition("new from us")]);
        Todo(theirs, "B")["content"] = "theirs";
        Save(theirs);

        _board.Edit([new TaskEdit("C") { Name = "go on" }]);
        Assert.Equal("ours again", _board.FindTask("A")!.Content);
        Assert.Equal("theirs", _board.FindTask("B")!.Content);
        Assert.NotNull(_board.FindTask("new from us"));
        AssertShown();
    }

    [Fact]
    public void Whoever_writes_over_a_rewrite_that_is_not_shown_yet_removes_nothing_that_he_never_saw()
    {
        // Nobody brings the document up to date meanwhile, as on a busy machine.
        using (ExclusiveLock.Acquire(new StorePaths(_place.Path).PublishLock))
        {
            _board.Define([new TaskDefinition("D")]);
            Rewrite("A", "first");
            _board.Edit([new TaskEdit("C") { Content = "between" }]);
            Rewrite("B", "second");
            _board.Edit([new TaskEdit("C") { Content = "after" }]);
        }
        Assert.Equal(["A", "B", "C", "D"], Ids());
        Assert.Equal(["first", "second", "after"], new[] { "A", "B", "C" }.Select(id => _board.FindTask(id)!.Content));
        _board.Sync();
        AssertShown();

        void Rewrite(string id, string content)
        {
            var theirs = Load(keepsMark: false);
            var now = Timestamp.Format(TimeProvider.System.GetUtcNow().AddMilliseconds(5));
            Todo(theirs, id)["content"] = content;
            Todo(theirs, id)["lastModified"] = now;
            theirs["lastModified"] = now;
            Save(theirs);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whoever_started_from_before_the_checkpoint_removes_nothing_that_he_never_saw(bool keepsMark)
    {
        var shown = PublishedStamp.Read(new StorePaths(_place.Path))!.Version;
        var theirs = Load(keepsMark);
        _board.Define([new TaskDefinition("D"), .. Enumerable.Range(0, 5)
            .Select(number => new TaskDefinition("long-" + number) { Content = new string('x', 990_000) })]);
        _board.Sync();
        Assert.Contains(Directory.GetFiles(_place.Journals), path => Path.GetFileName(path) == "0000000002.jsonl");
        Todo(theirs, "A")["content"] = "theirs";
        var now = Timestamp.Format(TimeProvider.System.GetUtcNow());
        Todo(theirs, "A")["lastModified"] = now;
        theirs["lastModified"] = now;
        Save(theirs);
        // As on a busy machine, where what the checkpoint holds is not shown yet.
        if (!keepsMark)
            new PublishedStamp(shown, default).Write(new StorePaths(_place.Path));

        _board.Edit([new TaskEdit("B") { Content = "go on" }]);
        Assert.Equal(9, Ids().Count());
        Assert.Equal(["theirs", "go on"], new[] { "A", "B" }.Select(id => _board.FindTask(id)!.Content));
        AssertShown();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Where_a_publisher_was_killed_at_the_rename_the_document_that_stayed_is_known(bool isRewritten)
    {
        var (shown, published) = (File.ReadAllBytes(_place.Document), PublishedStamp.Read(new StorePaths(_place.Path))!);
        _board.Define([new TaskDefinition("D")]);
        var coming = PublishedStamp.Read(new StorePaths(_place.Path))!;
        File.WriteAllBytes(_place.Document, shown);
        (coming with { Replaces = published with { Stamp = FileStamp.Of(_place.Document)!.Value } }).Write(new StorePaths(_place.Path));
        if (isRewritten)
        {
            var theirs = Load(keepsMark: false);
            Todo(theirs, "A")["content"] = "theirs";
            theirs["lastModified"] = Timestamp.Format(TimeProvider.System.GetUtcNow().AddMilliseconds(5));
            Save(theirs);
        }

        using var fresh = new FileTaskStore(_place.Path, new TaskBoardOptions());
        Assert.Equal(4, fresh.Read().Count);
        Assert.Equal(isRewritten, fresh.Log.Source.Image!.Foreign is not null);
        _board.Edit([new TaskEdit("B") { Content = "go on" }]);
        Assert.Equal(["A", "B", "C", "D"], Ids());
        Assert.Equal(isRewritten ? "theirs" : "ours", _board.FindTask("A")!.Content);
        Assert.Null(PublishedStamp.Read(new StorePaths(_place.Path))!.Replaces);
        AssertShown();
    }

    [Fact]
    public void Where_both_changed_a_todo_the_later_wins_and_the_other_is_kept_aside()
    {
        var theirs = Load(keepsMark: true);
        Todo(theirs, "A")["content"] = "theirs, earlier";
        Todo(theirs, "B")["content"] = "theirs, later";
        Todo(theirs, "B")["lastModified"] = "2999-01-01T00:00:00.000Z";
        Later("A", "ours, later");
        Later("B", "ours, earlier");
        Save(theirs);

        var report = _board.Sync();
        Assert.Equal(("ours, later", "theirs, later"), (_board.FindTask("A")!.Content, _board.FindTask("B")!.Content));
        var kept = File.ReadAllText(Assert.Single(report.KeptAside));
        Assert.Contains("theirs, earlier", kept, StringComparison.Ordinal);
        AssertShown();
    }

    // Its bytes differ from all that backup and journal lead back to, and its time is no older: the version tells.
    [Fact]
    public void Within_one_millisecond_a_todo_from_before_the_checkpoint_undoes_nothing()
    {
        using var store = new FileTaskStore(
            _place.Path, new TaskBoardOptions { OneShot = true, Clock = new StoppedClock(DateTimeOffset.UtcNow) });
        using var board = new TaskBoard(store, _place.Path, new LockSession());
        board.Edit([new TaskEdit("A") { Content = "older" }]);
        var theirs = Load(keepsMark: true);
        board.Edit([new TaskEdit("A") { Content = "newer" }]);
        store.Log.Flush.Before = () => throw new IOException("planted");
        Assert.Throws<TaskLockingException>(() => board.Edit([new TaskEdit("C") { Name = "unsure" }]));
        store.Log.Flush.Before = null;
        board.Edit([new TaskEdit("C") { Name = "in the next journal" }]);

        Todo(theirs, "B")["content"] = "theirs";
        Todo(theirs, "B")["lastModified"] = "2999-01-01T00:00:00.000Z";
        Save(theirs);
        _board.Sync();
        Assert.Equal(("newer", "theirs"), (_board.FindTask("A")!.Content, _board.FindTask("B")!.Content));
        AssertShown();
    }

    [Fact]
    public void What_stood_in_a_document_that_is_gone_counts_no_longer_for_a_reader_either()
    {
        using var living = _place.Open();
        var theirs = Load(keepsMark: false);
        using (ExclusiveLock.Acquire(new StorePaths(_place.Path).PublishLock))
        {
            _board.Define([new TaskDefinition("D")]);
            Todo(theirs, "A")["content"] = "theirs";
            theirs["lastModified"] = Timestamp.Format(TimeProvider.System.GetUtcNow().AddMilliseconds(5));
            Save(theirs);
            File.Delete(new StorePaths(_place.Path).Published);
            Assert.Equal(["A", "B", "C", "D"], living.GetTasks().Select(task => task.Id));
        }
        _board.Sync();
        File.Delete(_place.Document);
        Assert.Equal(["A", "B", "C", "D"], living.GetTasks().Select(task => task.Id));
    }

    [Fact]
    public void What_they_removed_and_we_changed_stays()
    {
        var theirs = Load(keepsMark: true);
        Todos(theirs).Remove(Todo(theirs, "A"));
        Later("A", "ours, changed");
        Save(theirs);
        _board.Sync();
        Assert.Equal("ours, changed", _board.FindTask("A")!.Content);
    }

    [Fact]
    public void What_we_removed_comes_back_only_if_they_changed_it()
    {
        var theirs = Load(keepsMark: true);
        _board.Remove([new TaskRemoval("A"), new TaskRemoval("B")]);
        Todo(theirs, "B")["content"] = "theirs";
        Save(theirs);
        _board.Sync();
        Assert.Null(_board.FindTask("A"));
        Assert.Equal("theirs", _board.FindTask("B")!.Content);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Another_layout_alone_is_no_change_of_a_task(bool keepsMark)
    {
        var versions = _board.GetTasks().Select(task => task.Version).ToList();
        Save(Load(keepsMark), new JsonSerializerOptions());
        _board.Sync();
        Assert.Equal(versions, _board.GetTasks().Select(task => task.Version));
        Assert.Equal(["A", "B", "C"], Ids());
        AssertShown();
    }

    [Fact]
    public void A_version_read_before_their_change_no_longer_matches()
    {
        var read = _board.FindTask("A")!.Version;
        var theirs = Load(keepsMark: true);
        Todo(theirs, "A")["content"] = "theirs";
        Save(theirs);
        var refusal = Assert.Single(_board.Edit([new TaskEdit("A") { Name = "stale", IfVersion = read }])).Refusal!;
        Assert.Equal(RefusalCode.VersionChanged, refusal.Code);
    }

    [Fact]
    public void An_older_document_below_a_living_process_undoes_nothing()
    {
        // What git checkout of the one file that it keeps does.
        var old = File.ReadAllBytes(_place.Document);
        Later("A", "newer");
        File.WriteAllBytes(_place.Document, old);
        Assert.Equal("newer", _board.FindTask("A")!.Content);
        _board.Edit([new TaskEdit("B") { Content = "go on" }]);
        Assert.Equal("newer", _board.FindTask("A")!.Content);
        AssertShown();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_restored_folder_below_a_living_process_is_taken_as_it_is_and_versions_skip(int times)
    {
        using var living = _place.Open();
        Later("A", "in the backup");
        var files = StoreFiles.Of(_place);
        Later("A", "lost with the restore");
        Later("A", "lost with the restore, too");
        var remembered = living.FindTask("A")!.Version;
        while (times-- > 0)
        {
            files.Restore();
            Assert.Equal("in the backup", living.FindTask("A")!.Content);
        }
        for (var round = 0; round < 4; round++)
        {
            var outcome = living.Edit([new TaskEdit("A") { Content = "after " + round }])[0];
            Assert.Null(outcome.Refusal);
            Assert.True(outcome.Task!.Version > remembered);
        }
        Assert.Equal("after 3", _board.FindTask("A")!.Content);
        using var fresh = _place.Open();
        Assert.Equal("after 3", fresh.FindTask("A")!.Content);
    }

    [Fact]
    public void A_first_document_whose_stamp_was_lost_undoes_nothing()
    {
        using var place = new TempWorkspace();
        Directory.CreateDirectory(place.Store);
        File.WriteAllText(place.Document, """{"todos":[{"id":"A","status":"Todo","content":"before"},{"id":"B","status":"Todo"}]}""");
        var before = File.ReadAllBytes(place.Document);
        using (var board = place.Open(oneShot: true))
        {
            board.Edit([new TaskEdit("A") { Content = "acknowledged" }]);
            board.Define([new TaskDefinition("C")]);
            board.Remove([new TaskRemoval("B")]);
        }
        // As after a power loss: the commits are flushed, the document was not yet renamed, the stamp did not reach the disk.
        File.WriteAllBytes(place.Document, before);
        File.Delete(Path.Combine(place.Journals, "published"));
        using var again = place.Open(oneShot: true);
        Assert.Equal([("A", "acknowledged"), ("C", null)], again.GetTasks().Select(task => (task.Id, task.Content)));
        again.Define([new TaskDefinition("D")]);
        Assert.Equal([("A", "acknowledged"), ("C", null), ("D", null)], again.GetTasks().Select(task => (task.Id, task.Content)));
    }

    private IEnumerable<string> Ids() => _board.GetTasks().Select(task => task.Id);

    private void Later(string id, string content)
    {
        using var other = TaskBoard.Open(_place.Path, new TaskBoardOptions { OneShot = true });
        Assert.Null(other.Edit([new TaskEdit(id) { Content = content }])[0].Refusal);
    }

    private JsonObject Load(bool keepsMark)
    {
        var root = JsonNode.Parse(File.ReadAllText(_place.Document))!.AsObject();
        if (!keepsMark)
            root.Remove("taskLocking");
        return root;
    }

    private static JsonArray Todos(JsonObject root) => root["todos"]!.AsArray();

    private static JsonNode Todo(JsonObject root, string id) => Todos(root).Single(todo => (string?)todo!["id"] == id)!;

    private void Save(JsonObject root, JsonSerializerOptions? layout = null) =>
        File.WriteAllText(_place.Document, root.ToJsonString(layout ?? Indented));

    private void AssertShown()
    {
        _board.Sync();
        Assert.Equal(_board.GetTasks().Select(task => task.ToJson()), TodoBytes.Of(_place.Document).Select(todo => todo.ToString()));
    }
}
