using System;
using System.Collections.Concurrent;
using System.IO;
using TaskLocking.StoreContract;
using TaskLocking.Tests.Server;
using Xunit;

namespace TaskLocking.Tests.Faults;

/// <summary>Behind a pooler that gives a connection to another client after each transaction.</summary>
public sealed class BouncerTests
{
    private readonly string _board = Guid.NewGuid().ToString("N");

    [Fact]
    public void A_fleet_behind_it_does_each_task_once()
    {
        using var bouncer = new Bouncer(SharedCluster.Current);
        var fleet = new Fleet(SharedCluster.Current, () => SharedCluster.Current.Address(_board, port: bouncer.Port), _board);
        fleet.Run(12, () => fleet.Await(300));
        fleet.Check();
        Assert.Equal(0, fleet.Uncertain);
    }

    [Fact]
    public void Holds_hold_behind_it_and_the_server_passes_the_check()
    {
        using var bouncer = new Bouncer(SharedCluster.Current);
        var address = SharedCluster.Current.Address(_board, port: bouncer.Port);
        using var one = PostgresBoard.Open(address, Path.GetTempPath(), new TaskBoardOptions { Session = new LockSession() });
        using var two = PostgresBoard.Open(address, Path.GetTempPath(), new TaskBoardOptions { Session = new LockSession() });
        one.Define([new TaskDefinition("A")]);
        using (one.Hold(["A"]))
        {
            Assert.Equal(RefusalCode.LockTimeout, Assert.Throws<TaskLockingException>(
                () => two.Edit([new TaskEdit("A") { Name = "n" }], new CommitOptions { Timeout = TimeSpan.Zero })).Refusal.Code);
        }
        Assert.Null(two.Edit([new TaskEdit("A") { Name = "n" }])[0].Refusal);
        var report = PostgresCheck.Run(address, Path.GetTempPath(), TestContext.Current.CancellationToken);
        Assert.True(report.Passed, string.Join('\n', report.Items));
    }

    [Fact]
    public void A_lock_of_a_session_would_stop_the_board_there()
    {
        var schema = "?schema=session_" + _board;
        SharedCluster.Current.Run(PostgresSchema.Script(SharedCluster.Current.Address(_board) + schema)
            .Replace("pg_advisory_xact_lock", "pg_advisory_lock", StringComparison.Ordinal));
        using var bouncer = new Bouncer(SharedCluster.Current);
        var address = SharedCluster.Current.Address(_board, port: bouncer.Port) + schema;
        var refusals = new ConcurrentBag<RefusalCode>();
        var hurried = new CommitOptions { Timeout = TimeSpan.FromSeconds(1) };
        Crowd.Run(12, number =>
        {
            var board = PostgresBoard.Open(address, Path.GetTempPath());
            return () =>
            {
                using (board)
                {
                    try
                    {
                        for (var round = 0; round < 5 && refusals.IsEmpty; round++)
                            board.Define([new TaskDefinition($"T-{number}-{round}")], hurried);
                    }
                    catch (TaskLockingException refused)
                    {
                        refusals.Add(refused.Refusal.Code);
                    }
                }
            };
        });
        Assert.Contains(RefusalCode.LockTimeout, refusals);
    }
}
