using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using TaskLocking.Locking;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Safety;

/// <summary>The one way to a file of a store.</summary>
public sealed class StoreFileTests : IDisposable
{
    private readonly TempWorkspace _place = new(inMemory: true);
    private readonly OutsideFolder _outside;

    public StoreFileTests() => _outside = new OutsideFolder(_place.In("outside"));

    public void Dispose() => _place.Dispose();

    [Fact]
    public void A_plain_file_is_opened_to_be_read_and_to_be_written()
    {
        File.WriteAllText(_place.In("file"), "before");
        using (var file = StoreFile.TryOpen(_place.In("file"), FileAccess.ReadWrite)!)
            file.Write("after!"u8);
        Assert.Equal("after!"u8, FileBytes.TryReadAll(_place.In("file"))!);
        Assert.Null(StoreFile.TryOpen(_place.In("nothing"), FileAccess.Read));
        Assert.Null(StoreFile.TryOpen(_place.In("nowhere", "nothing"), FileAccess.Read));
    }

    [Theory]
    [InlineData("link")]
    [InlineData("dangling")]
    [InlineData("loop")]
    [InlineData("fifo")]
    [InlineData("socket")]
    [InlineData("folder")]
    public void Nothing_else_is(string kind)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs Linux's kinds of files.");
        StrangeThing.Put(kind, _place.In("file"), _outside.Path);
        _outside.Remember();
        Assert.All(Enum.GetValues<FileAccess>(),
            access => Assert.Equal(RefusalCode.UnsafeFile, Code(() => StoreFile.TryOpen(_place.In("file"), access))));
        Assert.Equal(RefusalCode.UnsafeFile, Code(() => ExclusiveLock.Acquire(_place.In("file"))));
        // What is there stays, so nothing is made either.
        Assert.Throws<IOException>(() => StoreFile.Create(_place.In("file")));
        _outside.AssertUntouched();
    }

    [Theory]
    [InlineData("dangling")]
    [InlineData("loop")]
    [InlineData("fifo")]
    [InlineData("file")]
    [InlineData("folder-link")]
    public void A_folder_that_is_none_leads_nowhere(string kind)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs Linux's kinds of files.");
        Directory.CreateDirectory(_place.In("folder"));
        File.WriteAllText(_place.In("folder", "file"), "theirs");
        StrangeThing.Put(kind == "folder-link" ? "link" : kind, _place.In("folder"), _outside.Path);
        _outside.Remember();
        Assert.Equal(RefusalCode.UnsafeFile, Code(() => StoreFile.TryOpen(_place.In("folder", "file"), FileAccess.Read)));
        Assert.Equal(RefusalCode.UnsafeFile, Code(() => StoreFile.Create(_place.In("folder", "new"))));
        Assert.Equal(RefusalCode.UnsafeFile, Code(() => ExclusiveLock.Acquire(_place.In("folder", "lock"))));
        Assert.Equal(RefusalCode.UnsafeFile, Code(() => StoreFolder.Ensure(_place.In("folder"))));
        Assert.Equal(RefusalCode.UnsafeFile, Code(() => StoreFolder.Files(_place.In("folder"), "*")));
        _outside.AssertUntouched();
    }

    [Fact]
    public void Links_above_the_folder_are_as_they_are()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right there.");
        Directory.CreateDirectory(_place.In("real", "folder"));
        File.WriteAllText(_place.In("real", "folder", "file"), "x");
        File.CreateSymbolicLink(_place.In("way"), _place.In("real"));
        Assert.Equal("x"u8, FileBytes.TryReadAll(_place.In("way", "folder", "file"))!);
        StoreFile.Create(_place.In("way", "folder", "new")).Dispose();
        Assert.True(File.Exists(_place.In("real", "folder", "new")));
    }

    [Fact]
    public void A_path_that_is_long_or_not_ASCII_is_opened_all_the_same()
    {
        var folder = _place.In(string.Join(Path.DirectorySeparatorChar, Enumerable.Repeat(new string('ü', 100), 6)));
        Directory.CreateDirectory(folder);
        StoreFile.Create(Path.Combine(folder, "日本")).Dispose();
        Assert.Empty(FileBytes.TryReadAll(Path.Combine(folder, "日本"))!);
    }

    [Fact]
    public void What_has_a_second_name_is_read_and_not_written_in_place()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs the number of names.");
        File.WriteAllText(_place.In("file"), "theirs");
        StrangeThing.Put("hard-link", _place.In("file"), _outside.Path);
        Assert.Equal("theirs"u8, FileBytes.TryReadAll(_place.In("file"))!);
        Assert.Equal(RefusalCode.UnsafeFile, Code(() => StoreFile.TryOpen(_place.In("file"), FileAccess.ReadWrite)));
    }

    [Theory]
    [InlineData(0x1ed, StrangeThing.Nobody, false, false)] // 755: nobody else puts files there
    [InlineData(0x3ff, StrangeThing.Nobody, false, false)] // 1777: everybody does, but each his own
    [InlineData(0x1fd, StrangeThing.Nobody, true, true)] // 775: the group's
    [InlineData(0x1fd, 4711, true, false)] // 775: another group's, which is no more than read
    [InlineData(0x1ff, 4711, true, true)] // 777
    public void Another_users_file_is_used_where_those_put_it_who_share_the_folder(int rights, int group, bool isRead, bool isWritten)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && StrangeThing.IsRoot, "Only root can make it.");
        var folder = Directory.CreateDirectory(_place.In("folder")).FullName;
        File.WriteAllText(_place.In("folder", "file"), "theirs");
        StrangeThing.Own(_place.In("folder", "file"), StrangeThing.Nobody);
        StrangeThing.Own(folder, 0, group);
        StrangeThing.Give(folder, (UnixFileMode)rights);
        Assert.Equal(isRead ? null : RefusalCode.UnsafeFile, Code(() => StoreFile.TryOpen(_place.In("folder", "file"), FileAccess.Read)));
        Assert.Equal(isWritten ? null : RefusalCode.UnsafeFile,
            Code(() => StoreFile.TryOpen(_place.In("folder", "file"), FileAccess.ReadWrite)));
    }

    [Fact]
    public void What_is_longer_than_any_file_of_its_kind_is_not_read()
    {
        using (var file = File.Create(_place.In("huge")))
            file.SetLength(3L << 30);
        var refused = Assert.Throws<TaskLockingException>(() => FileBytes.TryReadAll(_place.In("huge"))).Refusal;
        Assert.Equal(RefusalCode.StoreUnavailable, refused.Code);
        Assert.Equal(_place.In("huge"), refused.Path);
    }

    private static RefusalCode? Code(Func<object?> open)
    {
        try
        {
            (open() as IDisposable)?.Dispose();
            return null;
        }
        catch (TaskLockingException refused)
        {
            return refused.Refusal.Code;
        }
    }

    private static RefusalCode? Code(Action act) => Code(() =>
    {
        act();
        return null;
    });
}
