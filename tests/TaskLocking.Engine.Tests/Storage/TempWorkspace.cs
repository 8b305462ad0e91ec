using System;
using System.IO;
using TaskLocking.Locking;

namespace TaskLocking.Tests.Storage;

/// <summary>A fresh folder that goes with the test; where the system has one in memory, flushes there cost nothing.</summary>
public sealed class TempWorkspace : IDisposable
{
    private const string Memory = "/dev/shm";

    public TempWorkspace(bool inMemory = false)
    {
        var parent = inMemory && Directory.Exists(Memory) ? Memory : System.IO.Path.GetTempPath();
        Path = WorkspacePath.Canonical(Directory.CreateDirectory(System.IO.Path.Combine(parent, "tasklocking-"
            + Guid.NewGuid().ToString("N"))).FullName);
    }

    public string Path { get; }

    public string Store => In(WorkspacePath.StoreFolder);

    public string Document => In(WorkspacePath.StoreFolder, "state.todo2.json");

    public string Backup => Document + ".bak";

    public string StateLock => Document + ".lock";

    public string Journals => In(WorkspacePath.StoreFolder, "journal");

    public string In(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public TaskBoard Open(bool oneShot = false) => TaskBoard.Open(Path, new TaskBoardOptions { OneShot = oneShot });

    /// <summary>Copies a folder with all that is in it, lock files that are held too.</summary>
    public static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = System.IO.Path.Combine(to, System.IO.Path.GetRelativePath(from, path));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
            // A lock file is empty, and cannot be opened to be read while it is held.
            if (new FileInfo(path) is { Exists: true, Length: 0 })
                File.Create(copy).Dispose();
            else if (FileBytes.TryReadAll(path) is { } bytes)
                File.WriteAllBytes(copy, bytes);
        }
    }

    /// <summary>
    /// Moves a folder away and puts a copy in its place. Who uses it meanwhile finds either, none, but never half of one.
    /// </summary>
    public static void ReplaceByCopy(string folder, string moved)
    {
        Directory.Move(folder, moved);
        Copy(moved, moved + ".copy");
        Directory.Move(moved + ".copy", folder);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
