using System;
using System.IO;
using TaskLocking.Tests.Server;
using Xunit;

namespace TaskLocking.Tests.Faults;

/// <summary>What is refused costs the server no write: on one of its own, where nobody else takes a transaction's number.</summary>
public sealed class RefusedTests : IDisposable
{
    private readonly ScratchCluster _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_refused_rule_writes_nothing()
    {
        using var board = PostgresBoard.Open(_server.Address("team"), Path.GetTempPath());
        _server.Run("alter system set autovacuum = off");
        _server.Run("select pg_reload_conf()");
        board.Define([new TaskDefinition("A"), new TaskDefinition("B") { Dependencies = ["A"] },
            new TaskDefinition("C") { Dependencies = ["B"] }]);
        var task = board.Request(new TaskRequest(new LeaseHolder("a")) { Start = true }).Task!;
        _ = Numbers();
        var before = Numbers();
        Assert.Equal(RefusalCode.TaskAlreadyDefined, board.Define([new TaskDefinition("A")])[0].Refusal!.Code);
        Assert.Equal(RefusalCode.TaskNotFound, board.Edit([new TaskEdit("none") { Name = "n" }])[0].Refusal!.Code);
        Assert.Equal(RefusalCode.NotOwner, board.Start([new StartRequest("B", new LeaseHolder("b"))])[0].Refusal!.Code);
        Assert.Equal(RefusalCode.LeaseLost,
            board.Complete([new CompleteRequest("A", "a") { Token = task.Claim!.Token + 1 }])[0].Refusal!.Code);
        // Made under the lock of the board, if it is made.
        Assert.Equal(RefusalCode.TaskHasDependents, board.Remove([new TaskRemoval("B")])[0].Refusal!.Code);
        Assert.Null(board.Request(new TaskRequest(new LeaseHolder("b"))).Task);
        // A line that came too late, at the server itself.
        Assert.Equal("ok", _server.Run("call tasklocking.commit_lines(1, 1, 0, null, array[gen_random_uuid()], array['{}'], "
            + "array[null], array['{1}'], array['{}'], '{}', 0, 1000, null, null, null, null, null, null, null)"));
        Assert.Equal(before, Numbers());
        Assert.Null(board.Complete([new CompleteRequest("A", "a") { Token = task.Claim!.Token }])[0].Refusal);
        Assert.NotEqual(before, Numbers());
    }

    // The next number of a transaction that writes, and of a line.
    private string Numbers() => (string)_server.Run(
        "select pg_snapshot_xmax(pg_current_snapshot()) || ' ' || (select max(version) from tasklocking.journal)")!;
}
