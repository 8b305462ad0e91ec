using System;
using System.IO;
using System.Linq;
using System.Threading;
using TaskLocking.Tests.Cli;
using TaskLocking.Tests.Server;
using Xunit;

namespace TaskLocking.Tests.Faults;

/// <summary>A client that is killed on its way: what it asked for was done once or not at all, and it keeps nobody waiting.</summary>
public sealed class KilledClientTests : IDisposable
{
    private static readonly CommitOptions Patient = new() { Timeout = TimeSpan.FromMinutes(1) };
    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(1);

    private readonly Command _command = new();
    private readonly string _name = Guid.NewGuid().ToString("N");
    private readonly TaskBoard _board;
    private CuttingProxy? _proxy;

    public KilledClientTests()
    {
        _board = PostgresBoard.Open(SharedCluster.Current.Address(_name), Path.GetTempPath());
        _board.Define([new TaskDefinition("A"), new TaskDefinition("B")]);
    }

    public void Dispose()
    {
        _board.Dispose();
        _proxy?.Dispose();
        _command.Dispose();
    }

    [Theory]
    [InlineData("before it arrives", false)]
    [InlineData("after it is sent", true)]
    public void A_request_comes_through_whole_or_not_at_all(string when, bool arrives)
    {
        Kill("commit_lines", ["next", "--agent", "killed", "--start", "--ttl", "1h"], arrives);
        var task = _board.FindTask("A")!;
        Assert.True(arrives == (task.Owner == "killed"), when);
        Assert.Equal(arrives ? 2L : 1L, Lines());
        var next = _board.Request(new TaskRequest(new LeaseHolder("b")) { Start = true }, Patient).Task!;
        Assert.Equal(arrives ? "B" : "A", next.Id);
        if (arrives)
            Assert.Null(_board.Complete([new CompleteRequest("A", "killed") { Token = task.Claim!.Token }], Patient)[0].Refusal);
    }

    [Fact]
    public void Whoever_dies_with_the_lock_of_the_board_leaves_it_to_the_next()
    {
        // A removal is made under the lock: it is kept back between the two requests.
        Kill("insert into", ["task", "remove", "A"], arrives: false);
        Assert.Null(_board.Edit([new TaskEdit("A") { Name = "still there" }], Patient)[0].Refusal);
        Assert.Equal(["A", "B"], _board.GetTasks().Select(task => task.Id));
        Assert.Equal(2L, Lines());
    }

    private void Kill(string mark, string[] words, bool arrives)
    {
        _proxy = new CuttingProxy(SharedCluster.Current.Port, mark);
        _command.Environment["TASKLOCKING_WORKSPACE"] = SharedCluster.Current.Address(_name, port: _proxy.Port);
        _proxy.GoOn.Reset();
        using var process = _command.Start(words);
        Assert.True(_proxy.Kept.Wait(Guard), "nothing was sent");
        process.Kill();
        Assert.True(process.WaitForExit(Guard));
        if (!arrives)
            _proxy.CutAll();
        _proxy.GoOn.Set();
        if (arrives)
            Assert.True(SpinWait.SpinUntil(() => Lines() == 2, Guard), "it never arrives");
    }

    private long Lines() => (long)SharedCluster.Current.Run("select count(*) from tasklocking.journal j join tasklocking.board b "
        + $"on b.id = j.board where b.name = '{_name}'")!;
}
