using System;
using System.IO;
using System.Threading;
using TaskLocking.Board;
using TaskLocking.PostgreSql;
using Xunit;

namespace TaskLocking.Tests.Relay;

/// <summary>A relay in this process, at a place of its own, and boards that use it as processes do: each with a way of its own.</summary>
internal sealed class InnerRelay : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly Thread _thread;

    public InnerRelay()
    {
        Relay = PostgresRelay.Start(Place, null);
        _thread = new Thread(() => Relay.Run(_end.Token)) { IsBackground = true };
        _thread.Start();
    }

    public RelayPlace Place { get; } = new(Directory.CreateTempSubdirectory("tlr-").FullName);

    public PostgresRelay Relay { get; }

    /// <summary>Opens a board as another process would.</summary>
    public TaskBoard Open(string address) => Open(address, Place);

    /// <summary>Opens a board that looks for its relay at a place.</summary>
    public static TaskBoard Open(string address, RelayPlace place)
    {
        var clock = new ServerClock(TimeProvider.System);
        var parsed = ServerAddress.Parse(address);
        return new TaskBoard(new Committer(new PostgresLog(parsed, clock, null, new RelayClient(place, parsed)), clock), Path.GetTempPath(),
            new LockSession());
    }

    public void Dispose()
    {
        _end.Cancel();
        Assert.True(_thread.Join(TimeSpan.FromMinutes(1)), "it does not end");
        Relay.Dispose();
        _end.Dispose();
        Directory.Delete(Place.Folder, recursive: true);
    }
}
