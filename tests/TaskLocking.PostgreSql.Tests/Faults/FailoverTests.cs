using System;
using System.IO;
using System.Linq;
using TaskLocking.Tests.Server;
using Xunit;

namespace TaskLocking.Tests.Faults;

/// <summary>A standby that nobody waited for takes over: what it lacks is lost, and nobody goes on from that.</summary>
public sealed class FailoverTests : IDisposable
{
    private readonly ScratchCluster _server = new();
    private readonly string _folder = Path.GetTempPath();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void What_was_claimed_in_what_is_lost_counts_no_longer()
    {
        using var way = new Switch(() => _server.Port);
        _ = _server.Address("team");
        using var live = PostgresBoard.Open(_server.Address("team", port: way.Port), _folder);
        live.Define([new TaskDefinition("A"), new TaskDefinition("B")]);
        var kept = live.Request(new TaskRequest(new LeaseHolder("k")) { Start = true }).Task!;
        var (data, port) = _server.CutOffStandby();
        var lost = live.Request(new TaskRequest(new LeaseHolder("a")) { Start = true }).Task!;
        Assert.Equal("B", lost.Id);
        live.Define([new TaskDefinition("C")]);

        _server.Kill();
        _server.Tool("pg_ctl", "-D", data, "-w", "promote");
        way.To = () => port;
        way.CutAll();

        using var other = PostgresBoard.Open(_server.Address("team", port: port), _folder);
        var task = other.Request(new TaskRequest(new LeaseHolder("b")) { Start = true }).Task!;
        Assert.Equal("B", task.Id);
        Assert.True(task.Claim!.Token > lost.Claim!.Token + 1000, "a token is given out twice");
        var late = live.Complete([new CompleteRequest("B", "a") { Token = lost.Claim.Token }])[0].Refusal!;
        Assert.Contains(late.Code, new[] { RefusalCode.LeaseLost, RefusalCode.NotOwner });
        Assert.Null(live.FindTask("C"));
        Assert.Contains(live.TakeNotices(), notice => notice.Kind == StoreNoticeKind.StorePutBack);
        // What the standby has is as it was.
        Assert.Null(live.Complete([new CompleteRequest("A", "k") { Token = kept.Claim!.Token }])[0].Refusal);
        Assert.Null(other.Complete([new CompleteRequest("B", "b") { Token = task.Claim.Token }])[0].Refusal);
        Assert.Equal(["A", "B"], other.GetTasks().Select(done => done.Id));
    }

    [Fact]
    public void A_standby_takes_no_commit_and_says_so()
    {
        _ = _server.Address("team");
        using (var live = PostgresBoard.Open(_server.Address("team"), _folder))
            live.Define([new TaskDefinition("A")]);
        var (_, port) = _server.CutOffStandby();
        using var standby = PostgresBoard.Open(_server.Address("team", port: port), _folder);
        var refusal = Assert.Throws<TaskLockingException>(() => standby.Edit([new TaskEdit("A") { Name = "n" }],
            new CommitOptions { Timeout = TimeSpan.Zero })).Refusal;
        Assert.Equal(RefusalCode.StoreUnavailable, refusal.Code);
        Assert.Contains("standby", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("A", standby.FindTask("A")!.Name);
    }

    // A name that leads to another server after a failover.
    private sealed class Switch(Func<int> to) : IDisposable
    {
        private CuttingProxy? _proxy;

        public Func<int> To { get; set; } = to;

        public int Port => (_proxy ??= new CuttingProxy(() => To(), "nothing")).Port;

        public void CutAll() => _proxy!.CutAll();

        public void Dispose() => _proxy?.Dispose();
    }
}
