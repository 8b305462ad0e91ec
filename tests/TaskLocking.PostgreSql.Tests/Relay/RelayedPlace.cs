using System;
using System.IO;
using TaskLocking.Board;
using TaskLocking.PostgreSql;
using TaskLocking.StoreContract;
using TaskLocking.Tests.Server;

namespace TaskLocking.Tests.Relay;

/// <summary>A fresh board in the scratch cluster whose stores all use one relay, as processes of a user do.</summary>
public sealed class RelayedPlace : StorePlace
{
    private readonly string _board = Guid.NewGuid().ToString("N");
    private InnerRelay? _relay;
    private string? _folder;

    public override Type Log => typeof(PostgresLog);

    public override string Workspace
    {
        get
        {
            _ = SharedCluster.Current.Address(_board);
            _relay ??= new InnerRelay();
            return _folder ??= Directory.CreateTempSubdirectory("tasklocking-place-").FullName;
        }
    }

    internal override ITaskStore Open(bool isOneShot)
    {
        _ = Workspace;
        var clock = new ServerClock(Clock);
        var address = ServerAddress.Parse(SharedCluster.Current.Address(_board));
        return new Committer(new PostgresLog(address, clock, null, new RelayClient(_relay!.Place, address)), clock);
    }

    protected internal override void Remove()
    {
        _relay?.Dispose();
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
    }
}
