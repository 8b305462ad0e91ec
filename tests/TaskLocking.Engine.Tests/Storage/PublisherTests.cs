using System;
using System.IO;
using System.Linq;
using System.Threading;
using TaskLocking.FileStore;
using TaskLocking.Locking;
using TaskLocking.Workspaces;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>What is done beside the commits writes over nothing that is not ours.</summary>
public sealed class PublisherTests : IDisposable
{
    private readonly TempWorkspace _place = new(inMemory: true);
    private readonly StorePaths _paths;
    private readonly FileTaskStore _store;
    private readonly TaskBoard _board;

    public PublisherTests()
    {
        _paths = new StorePaths(_place.Path);
        _store = new FileTaskStore(_place.Path, new TaskBoardOptions());
        _board = new TaskBoard(_store, _place.Path, new LockSession());
    }

    public void Dispose()
    {
        _board.Dispose();
        _place.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_others_wrote_and_only_a_reader_has_seen_is_adopted_before_the_next_document(bool isWhole)
    {
        _board.Define([new TaskDefinition("A") { Content = "ours" }]);
        _board.Sync();
        var theirs = File.ReadAllText(_place.Document).Replace("ours", "theirs", StringComparison.Ordinal);
        File.WriteAllText(_place.Document, isWhole ? theirs : theirs[..^20]);

        Assert.Equal(isWhole ? "theirs" : "ours", _board.FindTask("A")!.Content);
        _board.Dispose(); // publishes what is not shown yet

        Assert.Equal(isWhole ? ["theirs"] : ["ours"], Contents());
        Assert.Equal(isWhole ? [] : [theirs[..^20]], Directory.Exists(_paths.Aside) ? Directory.GetFiles(_paths.Aside)
            .Select(File.ReadAllText) : []);
    }

    [Fact]
    public void Another_store_in_the_folders_place_is_not_shown_what_the_old_one_had()
    {
        Directory.CreateDirectory(_place.Journals);
        using (ExclusiveLock.Acquire(_paths.PublishLock))
        {
            _board.Define([new TaskDefinition("A") { Content = "of the old one" }]);
            BeginAnother();
            Assert.False(File.Exists(_place.Document));
        }
        Assert.True(SpinWait.SpinUntil(() => File.Exists(_place.Document), TimeSpan.FromMinutes(1)));

        Assert.DoesNotContain("of the old one", File.ReadAllText(_place.Document), StringComparison.Ordinal);
        Assert.Equal(["of the new one"], Contents());
    }

    [Fact]
    public void Another_store_in_the_folders_place_gets_no_backup_of_the_old_one()
    {
        _board.Define([new TaskDefinition("A") { Content = "of the old one" }]);
        _board.Sync();
        // A commit has to begin a new journal, and does so below the folder that is there by then.
        _store.Log.Flush.Before = () =>
        {
            _store.Log.Flush.Before = null;
            BeginAnother("{\"todos\":[{\"id\":\"0\",\"content\":\"of the document\"}]}");
            throw new IOException("planted");
        };
        Assert.Throws<TaskLockingException>(() => _board.Edit([new TaskEdit("A") { Name = "unsure" }]));
        _board.Define([new TaskDefinition("C") { Content = "of both" }]);
        _board.Dispose();

        File.Delete(_place.Document);
        Assert.Equal(["of the document", "of the new one", "of both"], Contents());
    }

    private void BeginAnother(string? document = null)
    {
        Directory.Delete(_place.Store, recursive: true);
        Directory.CreateDirectory(_place.Store);
        if (document is not null)
            File.WriteAllText(_place.Document, document);
        using var another = _place.Open(oneShot: true);
        another.Define([new TaskDefinition("B") { Content = "of the new one" }]);
    }

    private string[] Contents()
    {
        using var fresh = _place.Open(oneShot: true);
        fresh.Sync();
        return [.. fresh.GetTasks().Select(task => task.Content ?? "")];
    }
}
