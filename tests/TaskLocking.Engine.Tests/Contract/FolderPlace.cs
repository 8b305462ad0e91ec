using System;
using TaskLocking.Board;
using TaskLocking.FileStore;
using TaskLocking.StoreContract;
using TaskLocking.Tests.Storage;

namespace TaskLocking.Tests.Contract;

/// <summary>The store in a fresh folder.</summary>
public sealed class FolderPlace : StorePlace
{
    private readonly TempWorkspace _workspace = new();

    public override Type Log => typeof(FileCommitLog);

    public override string Workspace => _workspace.Path;

    internal override ITaskStore Open(bool isOneShot) =>
        new FileTaskStore(Workspace, new TaskBoardOptions { Clock = Clock, OneShot = isOneShot });

    protected internal override void Remove() => _workspace.Dispose();
}
