using System;
using System.IO;
using System.Threading;
using TaskLocking.Tests.Server;
using Xunit;

namespace TaskLocking.Tests.Faults;

/// <summary>A way to the server that has broken without anybody being told, as where a machine loses its current.</summary>
public sealed class SilenceTests : IDisposable
{
    private static readonly CommitOptions Patient = new() { Timeout = TimeSpan.FromMinutes(1) };
    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(1);

    private readonly string _board = Guid.NewGuid().ToString("N");
    private readonly CuttingProxy _proxy;

    public SilenceTests()
    {
        _ = SharedCluster.Current.Address(_board);
        _proxy = new CuttingProxy(SharedCluster.Current.Port, "commit_lines");
    }

    public void Dispose() => _proxy.Dispose();

    [Fact]
    public void A_commit_takes_another_way_and_is_done_once()
    {
        using var board = Open(null);
        board.Define([new TaskDefinition("A")]);
        _proxy.Silence();
        Assert.Null(board.Edit([new TaskEdit("A") { Content = "once" }], Patient)[0].Refusal);
        Assert.Equal("once", board.FindTask("A")!.Content);
        Assert.Single(board.GetHistory("A"), entry => entry.Field == "content");
    }

    [Fact]
    public void A_commit_that_reached_the_server_before_is_found_there()
    {
        using var board = Open(null);
        board.Define([new TaskDefinition("A")]);
        _proxy.GoOn.Reset();
        var edit = new Thread(() => board.Edit([new TaskEdit("A") { Content = "once" }], Patient));
        edit.Start();
        Assert.True(_proxy.Kept.Wait(Guard));
        _proxy.Silence(); // The request goes on its way, and the answer does not.
        _proxy.GoOn.Set();
        Assert.True(edit.Join(Guard));
        Assert.Single(board.GetHistory("A"), entry => entry.Field == "content");
        Assert.Equal(2L, SharedCluster.Current.Run("select count(*) from tasklocking.journal j join tasklocking.board b "
            + $"on b.id = j.board where b.name = '{_board}'"));
    }

    [Fact]
    public void A_read_takes_another_way()
    {
        using var board = Open(null);
        board.Define([new TaskDefinition("A")]);
        _proxy.Silence();
        Assert.NotNull(board.FindTask("A"));
    }

    [Fact]
    public void Who_has_little_time_reads_no_longer_than_that_and_says_what_is_the_matter()
    {
        using var patient = Open(TimeSpan.FromSeconds(30));
        patient.Define([new TaskDefinition("A")]);
        using var hurried = Open(TimeSpan.FromSeconds(1));
        Assert.NotNull(hurried.FindTask("A"));
        // All ways are silent, those that are opened now, too.
        _proxy.Cuts = 0;
        _proxy.Silence();
        using var silent = new Timer(_ => _proxy.Silence(), null, 0, 1);
        AgentTask? found = null;
        var reader = new Thread(() => found = patient.FindTask("A"));
        reader.Start();
        var refusal = Assert.Throws<TaskLockingException>(() => hurried.FindTask("A")).Refusal;
        Assert.Equal(RefusalCode.StoreUnavailable, refusal.Code);
        Assert.True(reader.IsAlive, "who has more time gave up as soon");
        silent.Change(Timeout.Infinite, Timeout.Infinite);
        Assert.True(reader.Join(Guard));
        Assert.NotNull(found);
    }

    private TaskBoard Open(TimeSpan? patience) => PostgresBoard.Open(
        SharedCluster.Current.Address(_board, port: _proxy.Port), Path.GetTempPath(), new TaskBoardOptions { Patience = patience });
}
