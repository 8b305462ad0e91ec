using System.Collections.Generic;
using System.IO;
using TaskLocking.Locking;
using TaskLocking.Workspaces;

namespace TaskLocking.SelfTest;

/// <summary>
/// What stands where the files of the store should be. What no command works without fails the test; what only helps, or concerns one task,
/// is named in a passed one.
/// </summary>
internal static class FilesCheck
{
    public static string Run(StorePaths paths)
    {
        var grave = new List<string>();
        var light = new List<string>();
        foreach (var folder in new[] { paths.Journals, paths.Locks, paths.Aside, paths.Archive })
            Look(() => _ = StoreFolder.Files(folder, "*"), grave);
        foreach (var file in (string[])[paths.Document, paths.StateLock, paths.PublishLock])
            Look(() => Open(file, isWritten: false), grave);
        foreach (var file in In(paths.Journals, "*.jsonl"))
            Look(() => Open(file, isWritten: true), grave);
        foreach (var file in (string[])[paths.Published, paths.Flushing])
            Look(() => StoreFile.TryOpen(file, FileAccess.ReadWrite)?.Dispose(), grave);
        Look(() => Open(paths.Metrics, isWritten: true), light);
        foreach (var file in (string[])[paths.Backup, paths.MetricsLock, paths.GitIgnore, .. In(paths.Locks, "*"), .. In(paths.Aside, "*")])
            Look(() => Open(file, isWritten: false), light);
        if (grave.Count > 0)
            throw new TaskLockingException(RefusalCode.UnsafeFile, string.Join(" ", grave));
        return light.Count == 0 ? "Every file of the store is one that may be used." : "Remark: " + string.Join(" ", light);
    }

    private static void Open(string path, bool isWritten)
    {
        using var file = StoreFile.TryOpen(path, FileAccess.Read);
        if (file is not null)
            StoreFile.Check(path, FileFacts.At(path), isWritten);
    }

    private static IReadOnlyList<string> In(string folder, string pattern)
    {
        try
        {
            return StoreFolder.Files(folder, pattern);
        }
        catch (TaskLockingException)
        {
            return []; // told above
        }
    }

    private static void Look(System.Action look, List<string> findings)
    {
        try
        {
            look();
        }
        catch (TaskLockingException refused)
        {
            findings.Add(refused.Message);
        }
        catch (IOException)
        {
            // Windows: somebody has it open for himself alone, as a lock is held.
        }
    }
}
