using System;
using System.IO;
using TaskLocking.Board;
using TaskLocking.StoreContract;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Contract;

/// <summary>A store without files: in the folder that its tasks are about there is nothing at the end.</summary>
public sealed class MemoryPlace : StorePlace
{
    private readonly TempWorkspace _workspace = new();
    private readonly MemoryJournal _journal = new();

    public override Type Log => typeof(MemoryLog);

    public override string Workspace => _workspace.Path;

    internal override ITaskStore Open(bool isOneShot) => new Committer(new MemoryLog(_journal), Clock);

    protected internal override void Remove()
    {
        try
        {
            Assert.Empty(Directory.EnumerateFileSystemEntries(Workspace));
        }
        finally
        {
            _workspace.Dispose();
        }
    }
}
