using System;
using TaskLocking.Board;
using TaskLocking.FileStore;
using TaskLocking.StoreContract;
using TaskLocking.Tests.Storage;

namespace TaskLocking.Tests.Contract;

/// <summary>The store in a fresh folder that is treated as one that other hosts write to.</summary>
public sealed class SharePlace : StorePlace
{
    private readonly TempWorkspace _workspace = new(inMemory: true);

    public override Type Log => typeof(FileCommitLog);

    public override string Workspace => _workspace.Path;

    internal override ITaskStore Open(bool isOneShot) =>
        new FileTaskStore(Workspace, new TaskBoardOptions { Clock = Clock, OneShot = isOneShot }, isOnShare: true);

    protected internal override void Remove() => _workspace.Dispose();
}
