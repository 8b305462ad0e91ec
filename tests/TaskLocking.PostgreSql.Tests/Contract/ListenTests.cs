using System;
using System.IO;
using System.Threading;
using TaskLocking.Board;
using TaskLocking.PostgreSql;
using TaskLocking.Tests.Server;
using Xunit;

namespace TaskLocking.Tests.Contract;

/// <summary>Who waits for a change is told of it by the server; and where that tells nothing, he finds it all the same.</summary>
public sealed class ListenTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(1);

    private readonly string _name = Guid.NewGuid().ToString("N");

    [Fact]
    public void It_is_told_after_the_commit_lasts_and_only_where_somebody_listens()
    {
        using var writer = Open(out _);
        writer.Define([new TaskDefinition("A")]);
        using var waiter = Open(out var log);
        var version = waiter.GetVersion();
        Assert.False(log.Listener.Hears);
        Assert.Equal(0L, Listeners());
        for (var round = 0; round < 20; round++)
        {
            var heard = log.Listener.Heard;
            var wait = new Thread(() => Assert.True(waiter.WaitForChange(version, Guard)));
            wait.Start();
            Assert.True(SpinWait.SpinUntil(() => log.Listener.Hears, Guard), "it does not listen");
            // Both ways of a commit tell: one call, and under the lock.
            if (round % 2 == 0)
                writer.Edit([new TaskEdit("A") { Name = $"{round}" }]);
            else
                writer.Remove([new TaskRemoval(writer.Define([new TaskDefinition($"B-{round}")])[0].Id)]);
            Assert.True(wait.Join(Guard), "nobody is woken");
            Assert.True(SpinWait.SpinUntil(() => log.Listener.Heard > heard, Guard), "nothing was told");
            version = waiter.GetVersion();
        }
        Assert.Equal(1L, Listeners());
    }

    [Fact]
    public void Where_it_is_switched_off_nobody_listens_and_changes_are_found()
    {
        using var writer = Open(out _);
        writer.Define([new TaskDefinition("A")]);
        using var waiter = Open(out var log, "?notify=off");
        for (var round = 0; round < 5; round++)
        {
            var version = waiter.GetVersion();
            var wait = new Thread(() => Assert.True(waiter.WaitForChange(version, Guard)));
            wait.Start();
            writer.Edit([new TaskEdit("A") { Name = $"{round}" }]);
            Assert.True(wait.Join(Guard));
        }
        Assert.Equal((0L, false), (log.Listener.Heard, log.Listener.Hears));
        Assert.Equal(0L, Listeners());
    }

    [Fact]
    public void What_nobody_tells_is_found_and_a_listener_that_was_ended_comes_back()
    {
        using var writer = Open(out _);
        writer.Define([new TaskDefinition("A")]);
        using var waiter = Open(out var log);
        Wait(null);
        // Nobody knows any more that it listens.
        SharedCluster.Current.Run("delete from tasklocking.listener l using tasklocking.board b "
            + $"where b.id = l.board and b.name = '{_name}'");
        Wait(() => writer.Edit([new TaskEdit("A") { Name = "not told" }]));
        SharedCluster.Current.Run("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() "
            + "and (query like 'listen %' or query like '%listen_for%')");
        Wait(() => writer.Edit([new TaskEdit("A") { Name = "without a listener" }]));

        void Wait(Action? write)
        {
            var version = waiter.GetVersion();
            var wait = new Thread(() => waiter.WaitForChange(version, Guard));
            wait.Start();
            if (write is null)
            {
                Assert.True(SpinWait.SpinUntil(() => log.Listener.Hears, Guard));
                writer.Edit([new TaskEdit("A") { Name = "told" }]);
            }
            else
            {
                write();
            }
            Assert.True(wait.Join(Guard), "nobody is woken");
            Assert.True(waiter.GetVersion() > version);
        }
    }

    [Fact]
    public void Behind_a_pooler_where_nothing_is_heard_it_looks()
    {
        using var bouncer = new Bouncer(SharedCluster.Current);
        using var writer = Open(out _);
        writer.Define([new TaskDefinition("A")]);
        using var waiter = Open(out var log, port: bouncer.Port);
        for (var round = 0; round < 5; round++)
        {
            var version = waiter.GetVersion();
            var wait = new Thread(() => Assert.True(waiter.WaitForChange(version, Guard)));
            wait.Start();
            writer.Edit([new TaskEdit("A") { Name = $"{round}" }]);
            Assert.True(wait.Join(Guard));
        }
        Assert.False(log.Listener.HasProved && log.Listener.Hears);
    }

    private TaskBoard Open(out PostgresLog log, string more = "", int port = 0)
    {
        var clock = new ServerClock(TimeProvider.System);
        log = new PostgresLog(ServerAddress.Parse(SharedCluster.Current.Address(_name, port: port) + more), clock);
        return new TaskBoard(new Committer(log, clock), Path.GetTempPath(), new LockSession());
    }

    private object? Listeners() => SharedCluster.Current.Run("select count(*) from tasklocking.listener l "
        + $"join tasklocking.board b on b.id = l.board where b.name = '{_name}'");
}
