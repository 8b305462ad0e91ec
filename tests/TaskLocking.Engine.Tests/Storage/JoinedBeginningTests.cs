using System;
using System.IO;
using System.Linq;
using System.Threading;
using TaskLocking.FileStore;
using TaskLocking.Rules;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>A one-shot process that found no store, and waits for the lock while somebody makes one.</summary>
public sealed class JoinedBeginningTests : IDisposable
{
    private readonly TempWorkspace _place = new();
    private readonly TempWorkspace _elsewhere = new();

    public void Dispose()
    {
        _place.Dispose();
        _elsewhere.Dispose();
    }

    [Fact]
    public void The_store_is_read_while_the_lock_is_waited_for_not_under_it()
    {
        using var store = new FileTaskStore(_place.Path, new TaskBoardOptions { OneShot = true });
        var isReadBefore = false;
        TaskOutcome outcome;
        using (var held = HoldLock())
        {
            var isBegun = false;
            // The callback runs between two tries: first it is the other process, which begins the store; then it lets go.
            outcome = Define(store, "second", _ =>
            {
                if (!isBegun)
                {
                    isBegun = true;
                    Begin("first");
                    return;
                }
                isReadBefore = store.Log.Source.Image is { NeedsJournal: false } image && image.State.Find("first") is not null;
                held.Dispose();
            });
        }
        Assert.True(isReadBefore);
        Assert.Null(outcome.Refusal);
        Assert.Equal(["first", "second"], store.Read().Tasks.Select(task => task.Id));
    }

    [Fact]
    public void What_the_store_that_was_begun_refuses_is_refused()
    {
        using var store = new FileTaskStore(_place.Path, new TaskBoardOptions { OneShot = true });
        using var held = HoldLock();
        var outcome = Define(store, "first", _ =>
        {
            Begin("first");
            held.Dispose();
        });
        Assert.Equal(RefusalCode.TaskAlreadyDefined, outcome.Refusal?.Code);
    }

    private FileStream HoldLock()
    {
        Directory.CreateDirectory(_place.Store);
        return new FileStream(_place.StateLock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    // Made elsewhere and put here whole: the lock is held.
    private void Begin(string id)
    {
        if (File.Exists(_place.Backup))
            return;
        using (var board = _elsewhere.Open(oneShot: true))
            Assert.Null(board.Define([new TaskDefinition(id)])[0].Refusal);
        Directory.Move(_elsewhere.Journals, _place.Journals);
        File.Move(_elsewhere.Document, _place.Document);
        File.Move(_elsewhere.Backup, _place.Backup);
    }

    private static TaskOutcome Define(FileTaskStore store, string id, Action<LockWait> onWait)
    {
        return store.Transact(new DefineRule([new TaskDefinition(id)]), new LockSession(),
            new CommitOptions { Timeout = TimeSpan.FromMinutes(1), OnWait = onWait }, CancellationToken.None)[0];
    }
}
