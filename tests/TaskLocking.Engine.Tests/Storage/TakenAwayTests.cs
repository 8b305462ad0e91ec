using System;
using System.IO;
using TaskLocking.FileStore;
using TaskLocking.Workspaces;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>The journal or the folder goes between the append and the answer: the answer is not success.</summary>
public sealed class TakenAwayTests : IDisposable
{
    private readonly TempWorkspace _place = new();

    public TakenAwayTests()
    {
        using var board = _place.Open(oneShot: true);
        board.Define([new TaskDefinition("A")]);
    }

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("store", true)]
    [InlineData("store", false)]
    [InlineData("journals", true)]
    [InlineData("journals", false)]
    [InlineData("journal", true)]
    [InlineData("journal", false)]
    [InlineData("replaced", true)]
    [InlineData("replaced", false)]
    [InlineData("copied", true)]
    [InlineData("copied", false)]
    public void A_commit_that_nobody_finds_is_uncertain(string what, bool oneShot)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere an open file keeps its name.");
        TempWorkspace.Copy(_place.Store, _place.In("older"));
        using var store = new FileTaskStore(_place.Path, new TaskBoardOptions { OneShot = oneShot });
        store.Log.Flush.Before = () =>
        {
            store.Log.Flush.Before = null;
            TakeAway(what);
        };
        AssertUncertain(store);
    }

    [Fact]
    public void Nobody_is_told_of_success_by_the_flush_of_another_that_nobody_finds()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere an open file keeps its name.");
        using var store = new FileTaskStore(_place.Path, new TaskBoardOptions());
        using var other = new FileTaskStore(_place.Path, new TaskBoardOptions());
        foreach (var member in (FileTaskStore[])[store, other])
        {
            member.Transact(Rename("before"), new LockSession(), new CommitOptions { By = "me" });
            member.Log.Source.Image!.Journal!.JoinGroup();
        }
        other.Log.Flush.Before = () =>
        {
            other.Log.Flush.Before = null;
            TakeAway("store");
        };
        Exception? told = null;
        store.Log.Flush.Before = () =>
        {
            store.Log.Flush.Before = null;
            told = Record.Exception(() => other.Transact(Rename("his"), new LockSession(), new CommitOptions { By = "me" }));
        };
        AssertUncertain(store);
        Assert.Equal(RefusalCode.CommitUncertain, Assert.IsType<TaskLockingException>(told).Refusal.Code);
    }

    [Fact]
    public void A_journal_that_others_sealed_and_removed_meanwhile_has_lost_nothing()
    {
        using var store = new FileTaskStore(_place.Path, new TaskBoardOptions { OneShot = true });
        store.Log.Flush.Before = () =>
        {
            store.Log.Flush.Before = null;
            for (var round = 0; round < 3; round++)
            {
                using var other = new FileTaskStore(_place.Path, new TaskBoardOptions { OneShot = true });
                other.Read();
                other.Log.Publisher.Checkpoint();
                other.Transact(Rename("by another " + round), new LockSession(), new CommitOptions { By = "me" });
            }
        };
        store.Transact(Rename("kept"), new LockSession(), new CommitOptions { By = "me" });
        Assert.False(File.Exists(new StorePaths(_place.Path).Journal(1)));
    }

    [Fact]
    public void A_journal_whose_place_another_took_meanwhile_has_lost_nothing()
    {
        using var store = new FileTaskStore(_place.Path, new TaskBoardOptions { OneShot = true });
        store.Log.Flush.Before = () =>
        {
            store.Log.Flush.Before = null;
            File.Delete(new StorePaths(_place.Path).Published);
            using var other = _place.Open(oneShot: true);
            other.Define([new TaskDefinition("B")]);
        };
        store.Transact(Rename("kept"), new LockSession(), new CommitOptions { By = "me" });
        using var board = _place.Open();
        Assert.Equal("kept", board.FindTask("A")!.Name);
    }

    private static void AssertUncertain(FileTaskStore store)
    {
        var refused = Assert.Throws<TaskLockingException>(() =>
            store.Transact(Rename("lost"), new LockSession(), new CommitOptions { By = "me" }));
        Assert.Equal(RefusalCode.CommitUncertain, refused.Refusal.Code);
    }

    private void TakeAway(string what)
    {
        var journal = new StorePaths(_place.Path).Journal(1);
        if (what == "journal")
            File.Delete(journal);
        else if (what == "journals")
            Directory.Move(_place.Journals, _place.In("away"));
        else if (what is "store" or "copied")
            Directory.Move(_place.Store, _place.In("away"));
        if (what == "copied")
            TempWorkspace.Copy(_place.In("older"), _place.Store);
        if (what == "replaced")
        {
            File.Copy(journal, journal + "~");
            File.Move(journal + "~", journal, overwrite: true);
        }
    }

    private static StoreContract.DelegateRule<bool> Rename(string name) => new(draft =>
    {
        var task = draft.Find("A")!;
        draft.Change(task).Set("name", task.Name, name).Apply();
        return true;
    });
}
