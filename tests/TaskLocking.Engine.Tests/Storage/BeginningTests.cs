using System;
using System.IO;
using System.Linq;
using System.Threading;
using TaskLocking.Locking;
using TaskLocking.Storage;
using TaskLocking.Tasks;
using Xunit;
using Task = System.Threading.Tasks.Task;

namespace TaskLocking.Tests.Storage;

/// <summary>The first commit of an empty store: nobody waits for its disk, and nobody is answered before the store's name lasts.</summary>
public sealed class BeginningTests : IDisposable
{
    private readonly TempWorkspace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task While_the_first_commit_waits_for_its_disk_others_commit()
    {
        using var reached = new ManualResetEventSlim();
        using var disk = new ManualResetEventSlim();
        using var first = Store();
        first.CommitFlush.Before = () =>
        {
            reached.Set();
            disk.Wait(TestContext.Current.CancellationToken);
        };
        var begun = Task.Run(() => Define(first, "first"), TestContext.Current.CancellationToken);
        reached.Wait(TestContext.Current.CancellationToken);
        Assert.False(File.Exists(_place.Backup));

        using (var second = Store())
            Assert.Null(Define(second, "second").Refusal);
        // Who was answered has made the store's beginning durable himself.
        Assert.True(File.Exists(_place.Backup));
        Assert.False(begun.IsCompleted);

        disk.Set();
        Assert.Null((await begun).Refusal);
        AssertThere("first", "second");
    }

    [Fact]
    public void A_beginning_that_its_process_did_not_end_is_ended_by_the_next_who_commits()
    {
        using (var first = Store())
            Define(first, "first");
        File.Delete(_place.Backup);
        File.Delete(_place.Document);
        using (var reader = Store())
            Assert.Single(reader.Read().Tasks);
        Assert.False(File.Exists(_place.Backup));

        using (var second = Store())
            Define(second, "second");
        Assert.True(File.Exists(_place.Backup));
        // The backup leads to the journal like any other.
        File.Delete(_place.Document);
        AssertThere("first", "second");
    }

    [Fact]
    public void A_backup_that_was_made_meanwhile_stays()
    {
        using var first = Store();
        first.CommitFlush.Before = () => File.WriteAllText(_place.Backup, "newer");
        Define(first, "first");
        Assert.Equal("newer", File.ReadAllText(_place.Backup));
    }

    [Fact]
    public void The_commit_lasts_without_a_backup()
    {
        using (var first = Store())
        {
            first.CommitFlush.Before = () => Directory.CreateDirectory(_place.Backup);
            Assert.Null(Define(first, "first").Refusal);
        }
        Directory.Delete(_place.Backup);
        AssertThere("first");
    }

    private FileTaskStore Store() => new(_place.Path, new TaskBoardOptions { OneShot = true });

    private static TaskOutcome Define(FileTaskStore store, string id) =>
        store.Transact(new DefineRule([new TaskDefinition(id)]), new LockSession(), new CommitOptions { Timeout = TimeSpan.FromMinutes(1) })[0];

    private void AssertThere(params string[] ids)
    {
        using var store = Store();
        Assert.Equal(ids, store.Read().Tasks.Select(task => task.Id));
    }
}
