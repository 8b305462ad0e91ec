using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Npgsql;
using TaskLocking.Tests.Server;
using Xunit;

namespace TaskLocking.Tests.Faults;

/// <summary>A server of its own that has more guests than it has room for.</summary>
public sealed class FullHouseTests : IDisposable
{
    private readonly ScratchCluster _server = new();
    private readonly List<NpgsqlConnection> _guests = [];

    public void Dispose()
    {
        _guests.ForEach(guest => guest.Dispose());
        _server.Dispose();
    }

    [Fact]
    public async Task Where_there_is_no_room_nothing_is_changed_and_who_waits_comes_in()
    {
        _server.Run("create role plain login");
        PostgresSchema.Migrate(_server.Address("team"), "plain");
        Fill();
        Assert.True(_guests.Count > 200, $"only {_guests.Count} were let in");
        using var board = PostgresBoard.Open(_server.Address("team", "plain"), Path.GetTempPath());
        var refusal = Assert.Throws<TaskLockingException>(
            () => board.Define([new TaskDefinition("A")], new CommitOptions { Timeout = TimeSpan.Zero })).Refusal;
        Assert.Equal(RefusalCode.StoreUnavailable, refusal.Code);
        Assert.Contains("53300", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0L, _server.Run("select count(*) from tasklocking.journal"));

        var before = Turned();
        using var late = PostgresBoard.Open(_server.Address("team", "plain"), Path.GetTempPath());
        var coming = Task.Run(() => late.Define([new TaskDefinition("A"), new TaskDefinition("B")],
            new CommitOptions { Timeout = TimeSpan.FromMinutes(2) }), TestContext.Current.CancellationToken);
        Assert.True(SpinWait.SpinUntil(() => Turned() > before || coming.IsCompleted, TimeSpan.FromMinutes(1)), "nobody knocks");
        Assert.False(coming.IsCompleted);
        foreach (var guest in _guests.Take(5))
            guest.Dispose();
        Assert.All(await coming, outcome => Assert.Null(outcome.Refusal));
        Assert.Equal(["A", "B"], board.GetTasks().Select(task => task.Id));
        Assert.Equal(1L, _server.Run("select count(*) from tasklocking.journal"));
    }

    // So many were sent away.
    private int Turned() => _server.Log.Split("FATAL:").Length;

    private void Fill()
    {
        try
        {
            while (true)
            {
                var guest = new NpgsqlConnection(
                    $"Host=127.0.0.1;Port={_server.Port};Username=plain;Database=boards;Pooling=false");
                guest.Open();
                _guests.Add(guest);
            }
        }
        catch (PostgresException full) when (full.SqlState == "53300")
        {
            // That was the last one.
        }
    }
}
