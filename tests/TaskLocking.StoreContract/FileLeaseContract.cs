using System;
using System.Collections.Concurrent;
using System.Linq;
using Xunit;

namespace TaskLocking.StoreContract;

/// <summary>Leases on files and the registered agents: what one store gave, no other gives again, and all see it.</summary>
public abstract class FileLeaseContract<TPlace> : Contract<TPlace>
    where TPlace : StorePlace, new()
{
    private static readonly CommitOptions Patient = new() { Timeout = TimeSpan.FromMinutes(2) };

    [Fact]
    public void A_lease_is_seen_by_all_and_given_to_nobody_else()
    {
        Assert.True(Lock(One, "a", "src/**", "b.md").Success);
        Assert.Equal([("b.md", "a"), ("src/**", "a")], Two.GetFileLeases().Select(lease => (lease.Path, lease.Agent)));
        var refusal = Assert.Single(Lock(Two, "b", "free", "src/deep/x.cs").Refused);
        Assert.Equal((RefusalCode.FileLocked, "src/deep/x.cs", "a"), (refusal.Code, refusal.Path, refusal.Agent));
        Assert.Equal(2, One.GetFileLeases().Count);
        Assert.Equal([true, false], Two.TestFiles(new FileLeaseRequest(new LeaseHolder("b"), ["free", "src/x"]))
            .Select(result => result.IsFree));
        using var third = Place.OpenBoard();
        Assert.Equal(One.GetFileLeases(), third.GetFileLeases());
    }

    [Fact]
    public void Readers_share_and_a_writer_waits_for_the_last()
    {
        Assert.True(Share(One, "a", "x").Success);
        Assert.True(Share(Two, "b", "x").Success);
        Assert.False(Lock(One, "a", "x").Success);
        Assert.False(Lock(Two, "c", "x").Success);
        Assert.True(One.UnlockFiles(new FileUnlockRequest("b")).Success);
        Assert.False(Assert.Single(Lock(Two, "a", "x").Leases).IsShared);
        Assert.False(Share(One, "b", "x").Success);
    }

    [Fact]
    public void Only_the_owner_or_force_frees()
    {
        Lock(One, "a", "x", "y");
        Assert.Equal(RefusalCode.NotOwner, Assert.Single(Two.UnlockFiles(new FileUnlockRequest("b") { Paths = ["x"] }).Refused).Code);
        Assert.Equal(2, One.GetFileLeases("a").Count);
        Assert.True(Two.UnlockFiles(new FileUnlockRequest("b") { Paths = ["x"], Force = true }).Success);
        Assert.True(Two.UnlockFiles(new FileUnlockRequest("a")).Success);
        Assert.Empty(One.GetFileLeases());
        Assert.True(Lock(Two, "b", "x").Success);
    }

    [Fact]
    public void A_renewal_keeps_since_and_moves_the_end()
    {
        var first = Assert.Single(One.LockFiles(new FileLeaseRequest(new LeaseHolder("a"),
            ["x"])
        { Ttl = TimeSpan.FromMinutes(1) }).Leases);
        var second = Assert.Single(Two.LockFiles(new FileLeaseRequest(new LeaseHolder("a"),
            ["x"])
        { Ttl = TimeSpan.FromMinutes(9) }).Leases);
        Assert.Equal(first.Since, second.Since);
        Assert.True(second.Expires >= first.Expires + TimeSpan.FromMinutes(7));
        Assert.Equal(second, Assert.Single(One.GetFileLeases()));
    }

    [Fact]
    public void A_dead_process_leaves_nothing_in_the_way()
    {
        var start = ProcessLiveness.StartOf(Environment.ProcessId);
        Assert.SkipWhen(start is null, "this system does not tell when a process started");
        var living = new LeaseHolder("a") { Host = ProcessLiveness.HostName, Pid = Environment.ProcessId, ProcessStart = start };
        One.LockFiles(new FileLeaseRequest(living, ["alive"]));
        One.LockFiles(new FileLeaseRequest(living with { ProcessStart = start + "0" }, ["dead"]));
        Assert.Equal(["alive"], Two.GetFileLeases().Select(lease => lease.Path));
        Assert.False(Lock(Two, "b", "alive").Success);
        Assert.True(Lock(Two, "b", "dead").Success);
        using var store = Place.OpenStore();
        Assert.Equal(["a:alive", "b:dead"], store.Read().FileLeases.Select(lease => lease.Agent + ":" + lease.Path));
    }

    [Fact]
    public void Of_many_who_want_overlapping_sets_none_has_a_part_and_no_file_has_two()
    {
        const int Agents = 6;
        for (var round = 0; round < 8; round++)
        {
            var won = new ConcurrentBag<int>();
            Crowd.Run(Agents, number =>
            {
                var board = Place.OpenBoard();
                return () =>
                {
                    using (board)
                    {
                        // Neighbours in a ring want one file in common.
                        var answer = Lock(board, "agent-" + number, "f" + number, "f" + ((number + 1) % Agents));
                        if (answer.Success)
                            won.Add(number);
                        else
                            Assert.All(answer.Refused, refusal => Assert.Equal(RefusalCode.FileLocked, refusal.Code));
                    }
                };
            });
            Assert.InRange(won.Count, 1, Agents / 2);
            Assert.Equal(won.SelectMany(number => new[] { $"f{number}:agent-{number}", $"f{(number + 1) % Agents}:agent-{number}" })
                .Order(), Two.GetFileLeases().Select(lease => lease.Path + ":" + lease.Agent).Order());
            foreach (var number in won)
                One.UnlockFiles(new FileUnlockRequest("agent-" + number), Patient);
        }
    }

    [Fact]
    public void Agents_are_seen_changed_and_taken_out()
    {
        Assert.True(Assert.Single(One.RegisterAgents([new AgentProfile("b", Type: "host", Host: "h", Capabilities: ["gpu", "ü\"\\"],
            MaxTasks: 3)])).Changed);
        One.RegisterAgents([new AgentProfile("a")]);
        Assert.Equal(["a", "b"], Two.GetAgents().Select(agent => agent.Name));
        var seen = Two.GetAgents()[1];
        Assert.Equal(("host", "h", 3), (seen.Type, seen.Host, seen.MaxTasks));
        Assert.Equal(["gpu", "ü\"\\"], seen.Capabilities);
        Assert.NotNull(seen.Registered);
        Two.RegisterAgents([new AgentProfile("b")]);
        Assert.Equal((seen.Registered, 5), (One.GetAgents()[1].Registered, One.GetAgents()[1].MaxTasks));
        Assert.Equal(RefusalCode.AgentNotFound, Assert.Single(Two.UnregisterAgents([new AgentRemoval("c")])).Refusal!.Code);
        Assert.Null(Assert.Single(Two.UnregisterAgents([new AgentRemoval("b")])).Refusal);
        Assert.Equal(["a"], One.GetAgents().Select(agent => agent.Name));
    }

    [Fact]
    public void Whoever_registers_again_as_before_commits_nothing()
    {
        One.RegisterAgents([new AgentProfile("a")]);
        CommitReport? report = null;
        Assert.False(Assert.Single(Two.RegisterAgents([new AgentProfile("a")],
            new CommitOptions { OnCommitted = told => report = told })).Changed);
        Assert.NotEqual(true, report?.Wrote);
    }

    private static FileLeaseAnswer Lock(TaskBoard board, string agent, params string[] paths) =>
        board.LockFiles(new FileLeaseRequest(new LeaseHolder(agent), paths), Patient);

    private static FileLeaseAnswer Share(TaskBoard board, string agent, params string[] paths) =>
        board.LockFiles(new FileLeaseRequest(new LeaseHolder(agent), paths) { IsShared = true }, Patient);
}
