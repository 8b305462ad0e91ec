using System;
using TaskLocking.Tests.Server;
using Xunit;

namespace TaskLocking.Tests.Faults;

/// <summary>A server that fails under load, of its own, for it takes all boards with it.</summary>
public sealed class CrashTests : IDisposable
{
    private const int Agents = 5;
    private const int Crashes = 4;

    private readonly ScratchCluster _server = new();
    private readonly string _board = Guid.NewGuid().ToString("N");

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Crashes_of_the_server_lose_nothing_that_was_answered()
    {
        var fleet = New();
        fleet.Run(Agents, () => Crash(fleet));
        fleet.Check();
        TestContext.Current.TestOutputHelper!.WriteLine($"{fleet.Answers} answers, {fleet.Uncertain} uncertain");
    }

    [Fact]
    public void Without_the_second_transaction_they_do()
    {
        var fleet = New();
        _server.Run("create or replace function tasklocking.make_sure() returns void language plpgsql as 'begin end'");
        fleet.Run(Agents, () => Crash(fleet));
        Assert.NotEmpty(fleet.Lost());
    }

    [Fact]
    public void Ended_backends_lose_nothing_and_do_nothing_twice()
    {
        var fleet = New();
        fleet.Run(Agents, () =>
        {
            for (var i = 0; i < 40; i++)
            {
                fleet.Await(5);
                _server.Run("select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name like 'tasklock %' "
                    + "and random() < 0.5");
            }
        });
        fleet.Check();
        TestContext.Current.TestOutputHelper!.WriteLine($"{fleet.Answers} answers, {fleet.Uncertain} uncertain");
    }

    private Fleet New()
    {
        _ = _server.Address(_board);
        return new Fleet(_server, () => _server.Address(_board), _board);
    }

    private void Crash(Fleet fleet)
    {
        for (var i = 0; i < Crashes; i++)
        {
            fleet.Await(60);
            _server.Crash();
        }
        fleet.Await(20);
    }
}
