using System;
using System.IO;
using System.Linq;
using TaskLocking.Locking;
using TaskLocking.Tests.Safety;
using TaskLocking.Workspaces;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>
/// An older copy of everything is put into the files that are there, where the stamp of what was published, which alone would tell, is
/// gone or cannot be used: no token comes again.
/// </summary>
public sealed class UnvouchedStoreTests : IDisposable
{
    private readonly TempWorkspace _place = new();
    private readonly StorePaths _paths;
    private readonly OutsideFolder _outside;

    public UnvouchedStoreTests()
    {
        Assert.SkipUnless(LocalFileSystem.Has(_place.Path), "Files have no lasting identity here.");
        _paths = new StorePaths(_place.Path);
        _outside = new OutsideFolder(_place.In("outside"));
        using var board = _place.Open(oneShot: true);
        board.Define([new TaskDefinition("A"), new TaskDefinition("B")]);
    }

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("missing")]
    [InlineData("folder")]
    [InlineData("file")] // rubbish
    [InlineData("empty")]
    [InlineData("dangling")]
    [InlineData("fifo")]
    [InlineData("hard-link")]
    [InlineData("older")] // as an immutable one stays
    public void No_token_comes_again(string what)
    {
        Rename("before");
        var older = File.ReadAllBytes(_paths.Published);
        var saved = Save();
        var lost = Claim();
        var version = Rename("lost");
        Spoil();
        foreach (var (name, bytes) in saved)
            File.WriteAllBytes(Path.Combine(_place.Store, name), bytes);
        using (var board = _place.Open(oneShot: true))
            Assert.Null(board.FindTask("A")!.Claim);
        var token = Claim();
        Assert.True(token > lost + 1000 && token > version + 1000, $"{token} after {lost} and {version}");
        if (what is "missing" or "older")
            return;
        // Once more, from there, whatever stands there still.
        saved = Save();
        lost = Rename("lost, too");
        if (what is "file" or "empty")
            Spoil();
        foreach (var (name, bytes) in saved)
            File.WriteAllBytes(Path.Combine(_place.Store, name), bytes);
        Assert.True(Rename("again") > lost);

        void Spoil()
        {
            if (what == "missing")
                File.Delete(_paths.Published);
            else if (what == "older")
                File.WriteAllBytes(_paths.Published, older);
            else
                StrangeThing.Put(what, _paths.Published, _outside.Path);
        }
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("file")]
    [InlineData("empty")]
    public void A_stamp_that_is_lost_is_written_anew_and_versions_go_on(string what)
    {
        if (what == "missing")
            File.Delete(_paths.Published);
        else
            StrangeThing.Put(what, _paths.Published, _outside.Path);
        var version = Rename("first");
        for (var round = 1; round <= 3; round++)
            Assert.Equal(version + round, Rename("round " + round));
        using var board = _place.Open(oneShot: true);
        board.Edit([new TaskEdit("B") { Name = "told" }]);
        Assert.Empty(board.TakeNotices());
        Assert.Empty(Directory.GetFiles(_place.Journals, "*.ended"));
    }

    [Fact]
    public void What_changes_nothing_leaves_no_version_that_nobody_finds()
    {
        Rename("before");
        File.Delete(_paths.Published);
        using (var board = _place.Open())
        {
            for (var round = 0; round < 3; round++)
                board.Edit([new TaskEdit("B") { Name = "before" }]);
            board.Sync();
        }
        using var after = _place.Open(oneShot: true);
        after.Edit([new TaskEdit("B") { Name = "after" }]);
        Assert.Empty(after.TakeNotices());
    }

    // All files but the stamp, which may be none.
    private (string Name, byte[] Bytes)[] Save() =>
        [.. Directory.EnumerateFiles(_place.Store, "*", SearchOption.AllDirectories)
            .Where(path => path != _paths.Published && !Path.GetFileName(path).StartsWith("metrics", StringComparison.Ordinal))
            .Select(path => (Path.GetRelativePath(_place.Store, path), File.ReadAllBytes(path)))];

    private long Claim()
    {
        using var board = _place.Open(oneShot: true);
        return board.Request(new TaskRequest(new LeaseHolder("bot")) { Ttl = TimeSpan.FromDays(1) }).Task!.Claim!.Token;
    }

    private long Rename(string name)
    {
        using var board = _place.Open(oneShot: true);
        return board.Edit([new TaskEdit("B") { Name = name }])[0].Task!.Version;
    }
}
