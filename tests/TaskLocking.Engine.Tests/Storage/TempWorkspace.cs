using System;
using System.IO;

namespace TaskLocking.Tests.Storage;

/// <summary>A fresh folder that goes with the test; where the system has one in memory, flushes there cost nothing.</summary>
public sealed class TempWorkspace : IDisposable
{
    private const string Memory = "/dev/shm";

    public TempWorkspace(bool inMemory = false)
    {
        var parent = inMemory && Directory.Exists(Memory) ? Memory : System.IO.Path.GetTempPath();
        Path = WorkspacePath.Canonical(Directory.CreateDirectory(System.IO.Path.Combine(parent, "tasklocking-" + Guid.NewGuid().ToString("N"))).FullName);
    }

    public string Path { get; }

    public string Store => In(WorkspacePath.StoreFolder);

    public string Document => In(WorkspacePath.StoreFolder, "state.todo2.json");

    public string Backup => Document + ".bak";

    public string StateLock => Document + ".lock";

    public string Journals => In(WorkspacePath.StoreFolder, "journal");

    public string In(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public TaskBoard Open(bool oneShot = false) => TaskBoard.Open(Path, new TaskBoardOptions { OneShot = oneShot });

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
