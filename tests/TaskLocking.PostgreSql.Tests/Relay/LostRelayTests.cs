using System;
using System.Globalization;
using System.Linq;
using System.Threading;
using TaskLocking.PostgreSql;
using TaskLocking.StoreContract;
using TaskLocking.Tests.Cli;
using TaskLocking.Tests.Faults;
using TaskLocking.Tests.Server;
using Xunit;

namespace TaskLocking.Tests.Relay;

/// <summary>A relay that is lost in the middle of work, again and again, and one whose server is: all is done, and once.</summary>
public sealed class LostRelayTests : IDisposable
{
    private const int Agents = 5;
    private const int Losses = 8;

    private readonly ScratchCluster _server = new();
    private readonly string _board = Guid.NewGuid().ToString("N");

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Kills_of_the_relay_lose_nothing_and_do_nothing_twice()
    {
        _ = _server.Address(_board);
        using var relay = new RelayProcess();
        var fleet = New(relay.Place);
        fleet.Run(Agents, () =>
        {
            for (var loss = 0; loss < Losses; loss++)
            {
                fleet.Await(60);
                relay.Kill();
                fleet.Await(20);
                relay.Start();
            }
            fleet.Await(40);
        });
        fleet.Check();
        Assert.Equal(0, fleet.Uncertain);
        TestContext.Current.TestOutputHelper!.WriteLine($"{fleet.Answers} answers");
    }

    [Fact]
    public void Processes_that_come_and_go_do_not_care_whether_it_is_killed()
    {
        const int Processes = 4;
        const int Rounds = 6;
        _ = _server.Address(_board);
        using var relay = new RelayProcess();
        relay.Command.Environment["TASKLOCKING_WORKSPACE"] = _server.Address(_board);
        relay.Command.Done("task", "new", "FIRST");
        var done = 0;
        Crowd.Run(Processes + 1, number => number == Processes
            ? () =>
            {
                for (var loss = 1; loss < Processes * Rounds / 3; loss++)
                {
                    var until = loss * 3;
                    Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref done) >= until, TimeSpan.FromMinutes(2)), "nobody is done");
                    relay.Kill();
                    relay.Start();
                }
            }
        : () =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"T-{number}-{round}");
                relay.Command.Done("task", "new", id);
                relay.Command.Done("assign", id, "--to", $"a{number}");
                Interlocked.Increment(ref done);
            }
        });
        using var board = PostgresBoard.Open(_server.Address(_board), System.IO.Path.GetTempPath());
        Assert.Equal((Processes * Rounds) + 1, board.GetTasks().Count);
        Assert.All(board.GetTasks().Where(task => task.Id != "FIRST"),
            task => Assert.Single(board.GetHistory(task.Id), entry => entry.Field == "assignee"));
    }

    [Fact]
    public void Crashes_of_the_server_under_it_lose_nothing_that_was_answered()
    {
        _ = _server.Address(_board);
        using var relay = new InnerRelay();
        var fleet = New(relay.Place);
        fleet.Run(Agents, () =>
        {
            for (var crash = 0; crash < 3; crash++)
            {
                fleet.Await(60);
                _server.Crash();
            }
            fleet.Await(20);
        });
        fleet.Check();
        TestContext.Current.TestOutputHelper!.WriteLine($"{fleet.Answers} answers, {fleet.Uncertain} uncertain");
    }

    [Fact]
    public void Answers_that_it_loses_are_asked_for_by_who_waits()
    {
        _ = _server.Address(_board);
        using var proxy = new CuttingProxy(() => _server.Port, "commit_lines");
        using var relay = new InnerRelay();
        var fleet = new Fleet(_server, () => _server.Address(_board, port: proxy.Port), _board, relay.Open);
        fleet.Run(Agents, () =>
        {
            for (var loss = 0; loss < Losses; loss++)
            {
                fleet.Await(20);
                proxy.Cuts = 2;
            }
            fleet.Await(20);
        });
        Assert.True(proxy.Cut > 0, "no answer was lost");
        fleet.Check();
    }

    private Fleet New(RelayPlace place) =>
        new(_server, () => _server.Address(_board), _board, address => InnerRelay.Open(address, place));
}
