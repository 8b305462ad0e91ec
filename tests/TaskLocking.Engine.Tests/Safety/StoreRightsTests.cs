using System;
using System.IO;
using System.Linq;
using TaskLocking.FileStore;
using TaskLocking.Tests.Processes;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Safety;

/// <summary>No file gets more rights than it had, what shows the same is no more readable, and a shared folder shares its store.</summary>
[Collection(ProcessTests.Name)]
public sealed class StoreRightsTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode GroupsToo = Private | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
    private const UnixFileMode Readable = Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly TempWorkspace _place = new();

    public StoreRightsTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs Linux's rights.");

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData(0x180)] // 600
    [InlineData(0x1a0)] // 640
    [InlineData(0x100)] // 400
    [InlineData(0x1b6)] // 666
    public void A_document_keeps_the_rights_that_it_has(int rights)
    {
        Define("A");
        StrangeThing.Give(_place.Document, (UnixFileMode)rights);
        Define("B");
        Assert.Equal((UnixFileMode)rights, StrangeThing.RightsOf(_place.Document));
    }

    [Fact]
    public void Journal_and_backup_of_a_private_document_are_private_from_the_first_moment()
    {
        Directory.CreateDirectory(_place.Store);
        File.WriteAllText(_place.Document, """{"todos":[]}""");
        StrangeThing.Give(_place.Document, Private);
        Define("A");
        AssertRights(Private, Shown());
    }

    [Fact]
    public void A_document_that_becomes_private_takes_journal_and_backup_and_what_was_put_aside_with_it()
    {
        Define("A");
        Directory.CreateDirectory(_place.In(".todo2", "aside"));
        File.WriteAllText(_place.In(".todo2", "aside", "x"), "");
        AssertRights(Readable, Shown());
        StrangeThing.Give(_place.Document, Private);
        Define("B");
        AssertRights(Private, Shown());
    }

    [Fact]
    public void A_new_journal_is_no_more_readable_than_the_document()
    {
        Define("A");
        StrangeThing.Give(_place.Document, Private);
        var store = new FileTaskStore(_place.Path, new TaskBoardOptions());
        using (var board = new TaskBoard(store, _place.Path, new LockSession()))
        {
            var flush = store.Log.Flush;
            flush.Before = () => throw new IOException("planted");
            Assert.Throws<TaskLockingException>(() => board.Define([new TaskDefinition("unsure")]));
            flush.Before = null;
            board.Define([new TaskDefinition("B")]);
        }
        Assert.True(Directory.GetFiles(_place.Journals, "*.jsonl").Length > 0);
        AssertRights(Private, Shown());
    }

    [Fact]
    public void A_program_that_replaces_the_document_shuts_the_group_out_of_nothing_but_that()
    {
        StrangeThing.Give(_place.Path, (UnixFileMode)0x5fd); // 2775
        Define("A");
        StrangeThing.Give(_place.Document, Private);
        Define("B");
        Assert.Equal(Private, StrangeThing.RightsOf(_place.Document));
        Assert.All(Shown().Where(path => path != _place.Document),
            path => Assert.True(StrangeThing.RightsOf(path).HasFlag(GroupsToo), path));
    }

    [Theory]
    [InlineData("022")]
    [InlineData("077")]
    public void A_folder_that_its_group_may_write_to_shares_its_store_under_any_umask(string umask)
    {
        StrangeThing.Give(_place.Path, (UnixFileMode)0x5fd); // 2775
        Script.Run($"umask {umask}; echo | \"$WORKER\" define \"$1\" A", _place.Path);
        var store = new DirectoryInfo(_place.Store);
        Assert.All(store.EnumerateDirectories().Prepend(store), folder =>
            Assert.Equal((UnixFileMode)0x5f8, folder.UnixFileMode & (UnixFileMode)0x5f8)); // 2770
        Assert.All(store.EnumerateFiles("*", SearchOption.AllDirectories),
            file => Assert.True(file.UnixFileMode.HasFlag(GroupsToo), file.FullName));
    }

    [Fact]
    public void A_folder_that_is_not_shared_is_as_private_as_the_umask_says()
    {
        Script.Run("umask 077; echo | \"$WORKER\" define \"$1\" A", _place.Path);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, StrangeThing.RightsOf(_place.Store));
        Assert.All(new DirectoryInfo(_place.Store).EnumerateFiles("*", SearchOption.AllDirectories),
            file => Assert.Equal(Private, file.UnixFileMode));
    }

    [Fact]
    public void What_root_makes_in_the_store_of_a_user_is_the_users()
    {
        Assert.SkipUnless(StrangeThing.IsRoot, "Only root can make it.");
        Define("A");
        foreach (var each in Directory.EnumerateFileSystemEntries(_place.Store, "*", SearchOption.AllDirectories).Prepend(_place.Store))
            StrangeThing.Own(each, StrangeThing.Nobody);
        using (var board = _place.Open(oneShot: true))
        {
            board.Define([new TaskDefinition("B")]);
            board.Hold(["A"]).Dispose();
        }
        var owned = Script.Run("find \"$1/.todo2\" -not -user 65534", _place.Path);
        Assert.Empty(owned);
    }

    private void Define(string id)
    {
        using var board = _place.Open(oneShot: true);
        Assert.Null(board.Define([new TaskDefinition(id)])[0].Refusal);
    }

    private System.Collections.Generic.List<string> Shown() =>
        [_place.Document, _place.Backup, .. Directory.GetFiles(_place.Journals, "*.jsonl"),
            .. Directory.Exists(_place.In(".todo2", "aside")) ? Directory.GetFiles(_place.In(".todo2", "aside")) : []];

    private static void AssertRights(UnixFileMode rights, System.Collections.Generic.List<string> paths) =>
        Assert.All(paths, path => Assert.Equal(rights, StrangeThing.RightsOf(path)));
}
