using System;
using System.IO;
using TaskLocking.Board;
using TaskLocking.PostgreSql;
using TaskLocking.StoreContract;
using TaskLocking.Tests.Server;
using Xunit;

namespace TaskLocking.Tests.Contract;

/// <summary>A fresh board in the scratch cluster; in the folder that its tasks are about there is nothing at the end.</summary>
public sealed class PostgresPlace : StorePlace
{
    private readonly string _board = Guid.NewGuid().ToString("N");
    private string? _folder;

    public override Type Log => typeof(PostgresLog);

    public override string Workspace
    {
        get
        {
            // Asked for by every test on its own thread: here it is skipped where there is no server.
            _ = SharedCluster.Current.Address(_board);
            return _folder ??= Directory.CreateTempSubdirectory("tasklocking-place-").FullName;
        }
    }

    internal override ITaskStore Open(bool isOneShot)
    {
        var clock = new ServerClock(Clock);
        return new Committer(new PostgresLog(ServerAddress.Parse(SharedCluster.Current.Address(_board)), clock), clock);
    }

    protected internal override void Remove()
    {
        if (_folder is null)
            return;
        try
        {
            Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
        }
        finally
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
