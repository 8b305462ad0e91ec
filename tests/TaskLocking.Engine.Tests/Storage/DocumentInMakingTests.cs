using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using TaskLocking.FileStore;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>
/// Programs that empty the document and then write it, or write into it while we put another in its place: nothing of theirs is lost.
/// </summary>
public sealed class DocumentInMakingTests : IDisposable
{
    private readonly DocumentScene _scene = new();

    public DocumentInMakingTests() => _scene.Define("T-1");

    public void Dispose() => _scene.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    public void What_is_being_written_is_not_broken_and_nothing_takes_its_place(int written)
    {
        var text = Theirs();
        using (var file = Truncate())
        {
            file.Write(text, 0, written);
            file.Flush();
            var told = Assert.Single(_scene.GoOn());
            Assert.Equal(StoreNoticeKind.DocumentNotPublished, told.Kind);
            Assert.DoesNotContain(
                _scene.Run(board => Assert.NotNull(board.FindTask("T-1"))), notice => notice.Kind == StoreNoticeKind.DocumentBroken);
            Assert.Equal(written, new FileInfo(_scene.Document).Length);
            file.Write(text, written, text.Length - written);
        }
        Assert.Empty(_scene.GoOn());
        Assert.Equal(["T-1", "F-1"], _scene.Ids());
        Assert.False(Directory.Exists(_scene.Place.In(".todo2", "aside")));
        Assert.Contains("F-1", TodoBytes.Of(_scene.Document).Select(todo => todo.Id));
    }

    [Fact]
    public void A_living_process_brings_it_up_to_date_when_the_writer_is_done()
    {
        using var living = _scene.Place.Open();
        var text = Theirs();
        using (var file = Truncate())
        {
            Assert.Null(living.Define([new TaskDefinition("T-2")])[0].Refusal);
            file.Write(text);
        }
        living.Sync();
        Assert.Equal(["T-1", "T-2", "F-1"], living.GetTasks().Select(task => task.Id).OrderByDescending(id => id[0]));
        Assert.Empty(living.TakeNotices());
    }

    [Fact]
    public void A_sync_waits_for_him_as_long_as_it_may_and_then_says_so()
    {
        using var file = Truncate();
        using var board = _scene.Open();
        var refused = Assert.Throws<TaskLockingException>(() => board.Sync(new CommitOptions { Timeout = TimeSpan.Zero }));
        Assert.Equal(RefusalCode.DocumentNotPublished, refused.Refusal.Code);
        Assert.Contains("being written", refused.Message, StringComparison.Ordinal);
        Assert.Empty(board.TakeNotices());
    }

    [Fact]
    public void Somebody_who_keeps_it_open_for_long_without_writing_stops_nobody()
    {
        using var file = Truncate();
        File.SetLastWriteTimeUtc(_scene.Document, DateTime.UtcNow.AddMinutes(-1));
        Assert.Equal(StoreNoticeKind.DocumentBroken, Assert.Single(_scene.GoOn()).Kind);
        Assert.Equal("T-1", TodoBytes.Of(_scene.Document)[0].Id);
    }

    // He opened it before we looked, and writes after our rename: into a file that has no name any more.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_written_into_a_file_that_was_just_replaced_is_taken_over(bool keepsMark)
    {
        var text = Theirs(keepsMark);
        using var files = new ReplacedDocuments();
        using (var store = new FileTaskStore(_scene.Place.Path, new TaskBoardOptions { OneShot = true }))
        using (var board = new TaskBoard(store, _scene.Place.Path, new LockSession()))
        {
            _ = board.GetTasks();
            var before = Locking.FileStamp.Of(_scene.Document);
            var open = OpenFile.At(_scene.Document);
            using (var file = new FileStream(_scene.Document, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
            {
                using (var other = _scene.Open())
                    other.Define([new TaskDefinition("T-2")]);
                files.Add(open, before, shown: 1);
                Assert.False(files.IsEmpty);
                file.SetLength(0);
                file.Write(text);
            }
            var (reading, shown) = Assert.Single(files.Settle());
            Assert.Equal((1, true), (shown, reading.Document is not null));
            Assert.True(files.IsEmpty);
        }
    }

    // The whole way: the writer is on when our one-shot command publishes, and ends within the moment.
    [Fact]
    public void A_command_waits_a_moment_for_who_writes_into_the_file_that_it_replaced()
    {
        var text = Theirs();
        var file = new FileStream(_scene.Document, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        using var renamed = new FileSystemWatcher(_scene.Place.Store) { NotifyFilter = NotifyFilters.FileName };
        renamed.Renamed += (_, e) =>
        {
            if (e.Name != Path.GetFileName(_scene.Document))
                return;
            file.SetLength(0);
            file.Write(text);
            file.Dispose();
        };
        renamed.EnableRaisingEvents = true;
        _scene.Define("T-2");
        Assert.Equal(["F-1", "T-1", "T-2"], _scene.Ids().Order());
        Assert.Equal(["F-1", "T-1", "T-2"], TodoBytes.Of(_scene.Document).Select(todo => todo.Id).Order());
    }

    [Fact]
    public void Who_has_it_to_himself_while_he_writes_holds_nobody_up()
    {
        var text = Theirs();
        using (var file = new FileStream(_scene.Document, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            File.SetLastWriteTimeUtc(file.SafeFileHandle, DateTime.UtcNow.AddMinutes(-1));
            Assert.Equal(StoreNoticeKind.DocumentNotPublished, Assert.Single(_scene.GoOn()).Kind);
            Assert.DoesNotContain(
                _scene.Run(board => Assert.NotNull(board.FindTask("T-1"))), notice => notice.Kind == StoreNoticeKind.DocumentBroken);
            file.Write(text);
        }
        Assert.Empty(_scene.GoOn());
        Assert.Equal(["T-1", "F-1"], _scene.Ids());
    }

    [Fact]
    public void Nobody_who_only_reads_counts_as_a_writer()
    {
        using var reader = new FileStream(_scene.Document, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var open = OpenFile.At(_scene.Document);
        Assert.NotEqual(true, open.IsOpenToWrite);
        using var writer = new FileStream(_scene.Document, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        Assert.NotEqual(false, open.IsOpenToWrite);
    }

    private FileStream Truncate() => new(_scene.Document, FileMode.Truncate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);

    private byte[] Theirs(bool keepsMark = true)
    {
        var root = _scene.Load(keepsMark);
        DocumentScene.Todos(root).Add(new JsonObject { ["id"] = "F-1", ["name"] = "theirs", ["status"] = "Todo" });
        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }
}
