using System;
using System.IO;
using System.Linq;
using TaskLocking.Tests.Repositories;
using Xunit;

namespace TaskLocking.Tests.Leases;

/// <summary>One file has one owner, under whatever name it lies: behind a link within a folder, now or later, or in a worktree.</summary>
public sealed class LinkedFilesTests : IDisposable
{
    private readonly GitScene _scene = new();
    private readonly TaskBoard _board;

    public LinkedFilesTests()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("Links need rights elsewhere.");
        _scene.Repository("main");
        foreach (var folder in new[] { "src", "lib/deep", "docs" })
            _scene.Folder("main", folder);
        File.WriteAllText(_scene.In("main", "lib", "x.cs"), "");
        File.WriteAllText(_scene.In("main", "lib", "deep", "y.cs"), "");
        _board = TaskBoard.Open(_scene.In("main"));
    }

    public void Dispose()
    {
        _board?.Dispose();
        _scene.Dispose();
    }

    [Theory]
    [InlineData("src", "src/link", "lib/x.cs", "lib/x.cs", true)]
    [InlineData("src/**", "src/link", "lib/x.cs", "lib/*.cs", true)]
    [InlineData("src", "src/link", "lib", "lib/deep/y.cs", true)]
    [InlineData("src", "src/link", "lib/deep", "lib", true)]
    [InlineData("src/*.cs", "src/link.cs", "lib/x.cs", "lib/x.cs", true)]
    [InlineData("src/*.cs", "src/link.md", "lib/x.cs", "lib/x.cs", false)]
    [InlineData("src/*/y.cs", "src/link", "lib/deep", "lib/deep/y.cs", true)]
    [InlineData("src/*/y.cs", "src/link", "lib/deep", "lib/x.cs", false)]
    [InlineData("src", "src/a/b/link", "lib/x.cs", "lib/x.cs", true)]
    [InlineData("src/link", "src/link", "lib/x.cs", "lib/x.cs", true)]
    [InlineData("src/later/z.cs", "src/later", "lib", "lib/z.cs", true)]
    [InlineData("src", "src/link", "lib/x.cs", "lib/other.cs", false)]
    [InlineData("docs", "src/link", "lib/x.cs", "lib/x.cs", false)]
    public void A_lease_covers_what_links_in_it_lead_to(string leased, string link, string target, string asked, bool isOne)
    {
        // Whoever comes first, and whether the link was there or came later.
        foreach (var (first, second) in new[] { (leased, asked), (asked, leased) })
        {
            foreach (var isLater in new[] { false, true })
            {
                var path = _scene.In("main", link);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                if (!isLater)
                    File.CreateSymbolicLink(path, _scene.In("main", target));
                // A link that is named is where it leads, from the beginning.
                Assert.True(_board.LockFiles(new FileLeaseRequest(new LeaseHolder("a"), [first])).Success);
                if (isLater)
                    File.CreateSymbolicLink(path, _scene.In("main", target));
                Assert.Equal(!isOne, _board.TestFiles(new FileLeaseRequest(new LeaseHolder("b"), [second])).Single().IsFree);
                Assert.Equal(isOne ? RefusalCode.FileLocked : null,
                    _board.LockFiles(new FileLeaseRequest(new LeaseHolder("b"), [second])).Refused.SingleOrDefault()?.Code);
                foreach (var agent in new[] { "a", "b" })
                    _board.UnlockFiles(new FileUnlockRequest(agent));
                File.Delete(path);
            }
        }
    }

    [Theory]
    [InlineData("*/src/a.cs", "wt/src/a.cs", true)]
    [InlineData("**/trees/*.cs", "wt/trees/b.cs", true)]
    [InlineData("w*/src/a.cs", "src/a.cs", true)]
    [InlineData("x*/src/a.cs", "src/a.cs", false)]
    public void A_pattern_covers_a_worktree_within_the_tree(string leased, string asked, bool isOne)
    {
        GitScene.Link(_scene.In("main", ".git"), _scene.In("main", "wt"));
        foreach (var (first, second) in new[] { (leased, asked), (asked, leased) })
        {
            Assert.True(_board.LockFiles(new FileLeaseRequest(new LeaseHolder("a"), [first])).Success);
            Assert.Equal(!isOne, _board.LockFiles(new FileLeaseRequest(new LeaseHolder("b"), [second])).Success);
            foreach (var agent in new[] { "a", "b" })
                _board.UnlockFiles(new FileUnlockRequest(agent));
        }
    }

    [Fact]
    public void A_task_is_not_given_whose_files_somebody_has_behind_a_link()
    {
        File.CreateSymbolicLink(_scene.In("main", "src", "link"), _scene.In("main", "lib", "x.cs"));
        _board.Define([new TaskDefinition("T") { Files = ["lib/x.cs"] }]);
        Assert.True(_board.LockFiles(new FileLeaseRequest(new LeaseHolder("a"), ["src"])).Success);
        Assert.Null(_board.Request(new TaskRequest(new LeaseHolder("b"))).Task);
        _board.UnlockFiles(new FileUnlockRequest("a"));
        Assert.Equal("T", _board.Request(new TaskRequest(new LeaseHolder("b"))).Task!.Id);
        Assert.False(_board.LockFiles(new FileLeaseRequest(new LeaseHolder("a"), ["src"])).Success);
    }
}
