using System.Linq;
using TaskLocking.Model;
using Xunit;

namespace TaskLocking.Tests.Diagnostics;

/// <summary>What the store tells beside its answers: each once, what lasts every time.</summary>
public sealed class StoreNoticesTests
{
    private readonly StoreNotices _notices = new();

    [Fact]
    public void What_is_met_again_is_told_once()
    {
        _notices.Add(Broken("first"));
        _notices.Add(Broken("first"));
        Assert.Equal(["first"], Taken());
        _notices.Add(Broken("first"));
        Assert.Empty(Taken());
    }

    [Fact]
    public void What_is_new_about_the_same_file_is_told()
    {
        _notices.Add(Broken("first"));
        _notices.Add(Broken("second"));
        Assert.Equal(["first", "second"], Taken());
        _notices.Add(Broken("first"));
        Assert.Equal(["first"], Taken());
    }

    [Fact]
    public void What_was_over_and_comes_back_is_told_again()
    {
        _notices.Add(Broken("first"));
        _ = Taken();
        _notices.Withdraw(StoreNoticeKind.DocumentBroken, "other");
        _notices.Add(Broken("first"));
        Assert.Empty(Taken());
        _notices.Withdraw(StoreNoticeKind.DocumentBroken, "here");
        _notices.Add(Broken("first"));
        Assert.Equal(["first"], Taken());
    }

    [Fact]
    public void What_stands_is_told_behind_what_is_new_until_it_is_withdrawn()
    {
        _notices.Stand(new StoreNotice(StoreNoticeKind.DocumentNotPublished, "old", "here"));
        _notices.Add(Broken("first"));
        Assert.Equal(["first", "old"], Taken());
        Assert.Equal(["old"], Taken());
        _notices.Stand(new StoreNotice(StoreNoticeKind.DocumentNotPublished, "older", "here"));
        Assert.Equal(["older"], Taken());
        _notices.Withdraw(StoreNoticeKind.DocumentNotPublished, "here");
        Assert.Empty(Taken());
    }

    private static StoreNotice Broken(string message) => new(StoreNoticeKind.DocumentBroken, message, "here");

    private string[] Taken() => _notices.Take().Select(notice => notice.Message).ToArray();
}
