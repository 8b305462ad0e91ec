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

    public override Type Log => typeof(PostgresLog);

    public override string Workspace { get; } = Directory.CreateTempSubdirectory("tasklocking-place-").FullName;

    internal override ITaskStore Open(bool isOneShot)
    {
        var clock = new ServerClock(Clock);
        return new Committer(new PostgresLog(ServerAddress.Parse(SharedCluster.Current.Address(_board)), clock), clock);
    }

    protected internal override void Remove()
    {
        try
        {
            Assert.Empty(Directory.EnumerateFileSystemEntries(Workspace));
        }
        finally
        {
            Directory.Delete(Workspace, recursive: true);
        }
    }
}
