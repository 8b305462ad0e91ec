using System;
using System.IO;
using Xunit;

namespace TaskLocking.Tests.Repositories;

/// <summary>Where a store may be, and what is told where one was.</summary>
public sealed class StoreSignTests : IDisposable
{
    private readonly GitScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void Who_only_looks_is_told_that_the_board_is_gone()
    {
        var top = _scene.Repository("r");
        using (var board = TaskBoard.Open(top))
        {
            Assert.Empty(board.GetTasks());
            Assert.Empty(board.TakeNotices());
            board.Define([new TaskDefinition("A")]);
            Assert.Empty(board.TakeNotices());
        }
        Directory.Delete(_scene.In("r", ".todo2"), recursive: true);
        using (var board = TaskBoard.Open(top))
        {
            Assert.Empty(board.GetTasks());
            var notice = Assert.Single(board.TakeNotices());
            Assert.Equal(StoreNoticeKind.StorePutBack, notice.Kind);
            Assert.Contains("is gone", notice.Message, StringComparison.Ordinal);
            Assert.Empty(board.GetReady());
            Assert.Empty(board.TakeNotices());
        }
        using (var board = TaskBoard.Open(top))
        {
            board.Define([new TaskDefinition("B")]);
            Assert.NotEmpty(board.TakeNotices());
            Assert.Single(board.GetTasks());
        }
        using var again = TaskBoard.Open(top);
        Assert.Single(again.GetTasks());
        Assert.Empty(again.TakeNotices());
    }

    [Theory]
    [InlineData(".todo2")]
    [InlineData(".todo2/")]
    [InlineData(".todo2/journal")]
    public void A_store_is_no_workspace(string named)
    {
        Directory.CreateDirectory(_scene.In("p", ".todo2", "journal"));
        foreach (var path in new[] { named, _scene.In("p", named) })
            Assert.Equal(RefusalCode.InvalidArgument,
                Assert.Throws<TaskLockingException>(() => WorkspacePath.Find(path, _scene.In("p"))).Refusal.Code);
        // Who is in there means the workspace.
        Assert.Equal(_scene.In("p"), WorkspacePath.Find(null, _scene.In("p", ".todo2", "journal")));
    }
}
