using System;
using System.IO;
using System.Linq;
using System.Threading;
using TaskLocking.FileStore;
using TaskLocking.Rules;
using Xunit;
using Task = System.Threading.Tasks.Task;

namespace TaskLocking.Tests.Storage;

/// <summary>A store is begun in a step of its own, durable before the first commit is appended to it.</summary>
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
        first.Log.Flush.Before = () =>
        {
            reached.Set();
            disk.Wait(TestContext.Current.CancellationToken);
        };
        var begun = Task.Run(() => Define(first, "first"), TestContext.Current.CancellationToken);
        reached.Wait(TestContext.Current.CancellationToken);
        Assert.True(File.Exists(_place.Backup));

        using (var second = Store())
            Assert.Null(Define(second, "second").Refusal);
        Assert.False(begun.IsCompleted);

        disk.Set();
        Assert.Null((await begun).Refusal);
        AssertThere("first", "second");
    }

    [Fact]
    public void A_refused_first_change_begins_nothing()
    {
        using var store = Store();
        Assert.False(store.Transact(new AssignRule(new AssignmentRequest(["nobody"], "agent", "ada")), new LockSession(),
            new CommitOptions()).Success);
        Assert.False(Directory.Exists(_place.Store));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_beginning_that_its_process_did_not_end_is_made_anew(bool hasDocument)
    {
        if (hasDocument)
            WriteDocument();
        using (var first = Store())
            Define(first, "first");
        // As it was after the journal and before the backup.
        var journal = Directory.GetFiles(_place.Journals, "*.jsonl").Single();
        File.WriteAllText(journal, File.ReadLines(journal).First() + "\n");
        File.Delete(_place.Backup);
        File.Delete(_place.Document);
        if (hasDocument)
            WriteDocument();

        using (var second = Store())
            Assert.Null(Define(second, "second").Refusal);
        AssertThere(hasDocument ? ["old", "second"] : ["second"]);
        // The backup leads to it, whatever becomes of the document.
        File.Delete(_place.Document);
        AssertThere(hasDocument ? ["old", "second"] : ["second"]);
    }

    [Fact]
    public void The_first_journal_of_an_empty_store_tells_everything_by_itself()
    {
        using (var first = Store())
            Define(first, "first");
        File.Delete(_place.Backup);
        File.Delete(_place.Document);
        AssertThere("first");
        using (var second = Store())
            Define(second, "second");
        AssertThere("first", "second");
    }

    private void WriteDocument()
    {
        Directory.CreateDirectory(_place.Store);
        File.WriteAllText(_place.Document, """{"todos":[{"id":"old","name":"old","status":"Todo"}]}""");
    }

    private FileTaskStore Store() => new(_place.Path, new TaskBoardOptions { OneShot = true });

    private static TaskOutcome Define(FileTaskStore store, string id) =>
        store.Transact(new DefineRule([new TaskDefinition(id)]), new LockSession(),
            new CommitOptions { Timeout = TimeSpan.FromMinutes(1) })[0];

    private void AssertThere(params string[] ids)
    {
        using var store = Store();
        Assert.Equal(ids, store.Read().Tasks.Select(task => task.Id));
    }
}
