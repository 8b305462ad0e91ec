using System;
using System.IO;
using TaskLocking.Locking;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Safety;

/// <summary>Memory that processes share counts only where nobody else can have written to it.</summary>
public sealed class SharedPageTests : IDisposable
{
    private readonly string _name = "tasklock-test-" + Guid.NewGuid().ToString("N");
    private readonly TempWorkspace _place = new(inMemory: true);

    public SharedPageTests() => Assert.SkipUnless(LibCMemory.IsSupported && Directory.Exists("/dev/shm"), "There is no such memory here.");

    private string Page => "/dev/shm/" + _name;

    public void Dispose()
    {
        if (Directory.Exists(Page))
            Directory.Delete(Page);
        File.Delete(Page);
        _place.Dispose();
    }

    [Fact]
    public void An_own_page_is_opened_and_is_for_its_user_alone()
    {
        using var page = SharedPage.TryOpen(_name);
        Assert.NotNull(page);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, StrangeThing.RightsOf(Page));
        using var again = SharedPage.TryOpen(_name);
        Assert.NotNull(again);
    }

    [Theory]
    [InlineData(0x1b6)] // 666
    [InlineData(0x1a4)] // 644
    [InlineData(0x190)] // 620
    public void A_page_that_others_can_reach_is_not_used(int rights)
    {
        File.WriteAllBytes(Page, new byte[4096]);
        StrangeThing.Give(Page, (UnixFileMode)rights);
        Assert.Null(SharedPage.TryOpen(_name));
    }

    [Theory]
    [InlineData("link")]
    [InlineData("dangling")]
    [InlineData("loop")]
    [InlineData("fifo")]
    [InlineData("folder")]
    [InlineData("hard-link")]
    [InlineData("another's")]
    public void Nor_is_anything_that_is_none(string kind)
    {
        if (kind == "another's")
            Assert.SkipUnless(StrangeThing.IsRoot, "Only root can make it.");
        var outside = new OutsideFolder(_place.In("outside"));
        StrangeThing.Put(kind, Page, outside.Path);
        outside.Remember();
        Assert.Null(SharedPage.TryOpen(_name));
        outside.AssertUntouched();
    }

    [Fact]
    public void Another_users_old_page_does_not_keep_ours_from_being_swept()
    {
        Assert.SkipUnless(StrangeThing.IsRoot, "Only root can make it.");
        foreach (var (suffix, owner) in new[] { ("-a", StrangeThing.Nobody), ("-b", 0), ("-c", StrangeThing.Nobody) })
        {
            File.WriteAllText(Page + suffix, "");
            File.SetLastWriteTimeUtc(Page + suffix, DateTime.UtcNow.AddDays(-2));
            StrangeThing.Own(Page + suffix, owner);
        }
        try
        {
            SharedPage.Sweep(_name);
            Assert.False(File.Exists(Page + "-b"));
            Assert.True(File.Exists(Page + "-a") && File.Exists(Page + "-c"));
        }
        finally
        {
            foreach (var suffix in new[] { "-a", "-b", "-c" })
                File.Delete(Page + suffix);
        }
    }
}
