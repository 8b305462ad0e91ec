using System;
using System.IO;
using System.Linq;
using TaskLocking.Tests.Server;
using Xunit;

namespace TaskLocking.Tests.Faults;

/// <summary>A database that is not the one any more that it was.</summary>
public sealed class PutBackTests : IDisposable
{
    private readonly ScratchCluster _server = new();
    private readonly string _folder = Path.GetTempPath();

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_was_claimed_after_the_dump_that_is_put_back_counts_no_longer(bool isSeen)
    {
        var address = _server.Address("team");
        using var live = PostgresBoard.Open(address, _folder);
        live.Define([new TaskDefinition("A"), new TaskDefinition("B")]);
        var dump = Path.Combine(_server.Folder, "dump");
        _server.Tool("pg_dump", [.. _server.Connection(), "-Fc", "-n", "tasklocking", "-f", dump]);
        var lost = live.Request(new TaskRequest(new LeaseHolder("a")) { Start = true }).Task!;
        live.Define([new TaskDefinition("C")]);

        _server.Run("drop schema tasklocking cascade");
        _server.Tool("pg_restore", [.. _server.Connection(), dump]);

        // Whoever comes next, be it one who has seen what is lost or one who knows nothing.
        using var next = PostgresBoard.Open(address, _folder);
        var other = isSeen ? live : next;
        var task = other.Request(new TaskRequest(new LeaseHolder("b")) { Start = true }).Task!;
        Assert.Equal("A", task.Id);
        Assert.True(task.Claim!.Token > lost.Claim!.Token + 1000);
        var late = live.Complete([new CompleteRequest("A", "a") { Token = lost.Claim.Token }])[0].Refusal!;
        Assert.Contains(late.Code, new[] { RefusalCode.LeaseLost, RefusalCode.NotOwner });
        Assert.Null(live.FindTask("C"));
        Assert.Contains(live.TakeNotices(), notice => notice.Kind == StoreNoticeKind.StorePutBack);
        Assert.Null(live.Complete([new CompleteRequest("A", "b") { Token = task.Claim.Token }])[0].Refusal);
        Assert.Equal(2L, _server.Run("select epoch from tasklocking.board"));
    }

    [Fact]
    public void A_version_that_was_remembered_from_before_matches_nothing()
    {
        var address = _server.Address("team");
        using var live = PostgresBoard.Open(address, _folder);
        live.Define([new TaskDefinition("A")]);
        var dump = Path.Combine(_server.Folder, "dump");
        _server.Tool("pg_dump", [.. _server.Connection(), "-Fc", "-n", "tasklocking", "-f", dump]);
        var seen = live.Edit([new TaskEdit("A") { Name = "lost" }])[0].Task!.Version;
        _server.Run("drop schema tasklocking cascade");
        _server.Tool("pg_restore", [.. _server.Connection(), dump]);
        using var next = PostgresBoard.Open(address, _folder);
        next.Edit([new TaskEdit("A") { Name = "other" }]);
        Assert.Equal(RefusalCode.VersionChanged, live.Edit([new TaskEdit("A") { Name = "stale", IfVersion = seen }])[0].Refusal!.Code);
        Assert.Equal("other", live.GetTasks().Single().Name);
    }
}
