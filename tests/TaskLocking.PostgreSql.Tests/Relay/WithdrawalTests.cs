using System;
using System.IO;
using System.Linq;
using TaskLocking.Board;
using TaskLocking.Model;
using TaskLocking.PostgreSql;
using TaskLocking.Tests.Server;
using Xunit;

namespace TaskLocking.Tests.Relay;

/// <summary>
/// A relay that was lost may have sent a commit as decided on a later line. So where the server refuses what its caller sends once more, it
/// is seen to that what may be on its way comes to nothing; and where it has come, it counts.
/// </summary>
public sealed class WithdrawalTests : IDisposable
{
    private const long Key = 4711;
    private const long Other = 4712;

    private readonly string _name = Guid.NewGuid().ToString("N");
    private readonly ServerAddress _address;
    private readonly ServerConnections _connections;
    private readonly int _board;
    private readonly long _epoch;

    public WithdrawalTests()
    {
        using var board = PostgresBoard.Open(SharedCluster.Current.Address(_name), Path.GetTempPath());
        board.Define([new TaskDefinition("A")]);
        _address = ServerAddress.Parse(SharedCluster.Current.Address(_name));
        _connections = new ServerConnections(_address);
        _board = (int)SharedCluster.Current.Run($"select id from tasklocking.board where name = '{_name}'")!;
        _epoch = (long)SharedCluster.Current.Run($"select epoch from tasklocking.board where name = '{_name}'")!;
    }

    public void Dispose()
    {
    }

    [Fact]
    public void What_is_on_its_way_finds_its_name_taken()
    {
        var own = Request(Line("mine", [Key]), 1);
        _ = Send(Request(Line("theirs", [Key]), 1));
        own.WentByRelay = true;
        var answer = Sender().Send(own, TimeSpan.Zero, new Deadline(TimeSpan.FromSeconds(10)), isSent: true)!;
        Assert.Null(answer.Versions[0]);
        // That of the relay, decided on the line that voided the other; it would hold.
        var late = Send(own with { Expected = 2, ExpectedCid = Cid(2) });
        Assert.Equal(3L, late.Versions[0]);
        Assert.Equal(["theirs", ""], Texts());
    }

    [Fact]
    public void What_has_come_counts()
    {
        var own = Request(Line("mine", [Key]), 1);
        _ = Send(Request(Line("theirs", [Key]), 1));
        Assert.Equal(3L, Send(own with { Expected = 2, ExpectedCid = Cid(2) }).Versions[0]);
        own.WentByRelay = true;
        Assert.Equal(3L, Sender().Send(own, TimeSpan.Zero, new Deadline(TimeSpan.FromSeconds(10)), isSent: true)!.Versions[0]);
        Assert.Equal(["theirs", "mine"], Texts());
    }

    [Fact]
    public void What_comes_between_the_refusal_and_the_withdrawal_counts()
    {
        var own = Request(Line("mine", [Key]), 1);
        _ = Send(Request(Line("theirs", [Key]), 1));
        var refused = Send(own);
        Assert.Null(refused.Versions[0]);
        Assert.Equal(3L, Send(own with { Expected = 2, ExpectedCid = Cid(2) }).Versions[0]);
        using var connection = _connections.Open(new Deadline(TimeSpan.FromSeconds(10)));
        Assert.Equal([3L], new CommitWithdrawal(own, refused).Run(connection, _address.Schema)!.Versions);
        Assert.Equal(["theirs", "mine"], Texts());
    }

    [Fact]
    public void Of_several_lines_only_those_are_withdrawn_that_were_refused()
    {
        var own = new CommitRequest(_board, _epoch, 1, Cid(1), [Line("one", [Key]), Line("two", [Other])], [], 0) { WentByRelay = true };
        _ = Send(Request(Line("theirs", [Key]), 1));
        var answer = Sender().Send(own, TimeSpan.Zero, new Deadline(TimeSpan.FromSeconds(10)), isSent: true)!;
        Assert.Equal([null, 3L], answer.Versions);
        Assert.Equal(["theirs", "two", ""], Texts());
        using var board = PostgresBoard.Open(SharedCluster.Current.Address(_name), Path.GetTempPath());
        Assert.Equal(4L, board.GetVersion());
        Assert.Null(board.Edit([new TaskEdit("A") { Name = "n" }])[0].Refusal);
    }

    private CommitSender Sender() => new(_connections, _address.Schema);

    private CommitAnswer Send(CommitRequest request)
    {
        using var connection = _connections.Open(new Deadline(TimeSpan.FromSeconds(10)));
        return request.Send(connection, _address.Schema, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5));
    }

    private CommitRequest Request(CommitLine line, long expected) => new(_board, _epoch, expected, Cid(expected), [line], [], 0);

    private static CommitLine Line(string by, long[] keys) =>
        new($"{{\"t\":\"2026-01-01T00:00:00.000Z\",\"by\":\"{by}\",\"op\":[]}}", new CommitKeys(keys, keys), []);

    private Guid Cid(long version) =>
        (Guid)SharedCluster.Current.Run($"select cid from tasklocking.journal where board = {_board} and version = {version}")!;

    // Who wrote what came behind the first line; nobody where it is empty.
    private string[] Texts() => [.. Enumerable.Range(2, (int)(long)SharedCluster.Current.Run(
        $"select count(*) - 1 from tasklocking.journal where board = {_board}")!).Select(version => (string)SharedCluster.Current.Run(
        $"select replace(line::json->>'by', 'tasklock', '') from tasklocking.journal where board = {_board} and version = {version}")!)];
}
