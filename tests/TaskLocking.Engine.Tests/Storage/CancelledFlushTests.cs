using System;
using System.Threading;
using System.Threading.Tasks;
using TaskLocking.FileStore;
using TaskLocking.Rules;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>A cancel that comes when the change is written: nobody may be told that nothing happened.</summary>
public sealed class CancelledFlushTests : IDisposable
{
    private readonly TempWorkspace _place = new();
    private readonly FileTaskStore _store;
    private readonly CancellationTokenSource _cancel = new();
    private readonly ManualResetEventSlim _disk = new();

    public CancelledFlushTests() =>
        _store = new FileTaskStore(_place.Path,
            new TaskBoardOptions { OneShot = true }); // Else the publisher flushes, too, at its own time.

    public void Dispose()
    {
        _disk.Set();
        _store.Dispose();
        _cancel.Dispose();
        _place.Dispose();
    }

    [Fact]
    public void A_cancel_while_the_disk_does_not_answer_is_CommitUncertain_and_the_store_goes_on()
    {
        Define("first", CancellationToken.None);
        _store.Log.Flush.Before = () =>
        {
            _cancel.Cancel();
            _disk.Wait();
        };
        var thrown = Assert.Throws<TaskLockingException>(() => Define("second", _cancel.Token));
        Assert.Equal(RefusalCode.CommitUncertain, thrown.Refusal.Code);
        _store.Log.Flush.Before = null;
        _disk.Set();
        Assert.Equal(RefusalCode.TaskAlreadyDefined, Define("second", CancellationToken.None)?.Code);
        Assert.Null(Define("third", CancellationToken.None));
    }

    [Fact]
    public void A_cancel_while_the_disk_answers_is_the_success_that_it_is()
    {
        Define("first", CancellationToken.None);
        _store.Log.Flush.Before = _cancel.Cancel;
        Assert.Null(Define("second", _cancel.Token));
    }

    [Fact]
    public void A_cancel_before_the_change_is_written_changes_nothing()
    {
        Define("first", CancellationToken.None);
        _cancel.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Define("second", _cancel.Token));
        Assert.Null(_store.Read().Find("second"));
    }

    private Refusal? Define(string id, CancellationToken cancellationToken) =>
        _store.Transact(new DefineRule([new TaskDefinition(id)]), new LockSession(), new CommitOptions(), cancellationToken)[0].Refusal;
}
