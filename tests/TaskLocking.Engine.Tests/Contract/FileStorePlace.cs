using TaskLocking.Storage;
using TaskLocking.StoreContract;
using TaskLocking.Tests.Storage;

namespace TaskLocking.Tests.Contract;

/// <summary>The file store over a fresh folder.</summary>
public sealed class FileStorePlace : StorePlace
{
    private readonly TempWorkspace _workspace = new();

    public override string Workspace => _workspace.Path;

    public override ITaskStore OpenStore() => new FileTaskStore(Workspace, new TaskBoardOptions { Clock = Clock });

    protected override void Remove() => _workspace.Dispose();
}
