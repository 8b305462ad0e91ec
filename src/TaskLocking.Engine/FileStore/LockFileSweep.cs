using System;
using System.IO;
using TaskLocking.Locking;
using TaskLocking.Model;

namespace TaskLocking.FileStore;

/// <summary>
/// Removes the lock files of tasks that are closed or gone, and of resources that nobody holds. Call under the state lock: whoever waits
/// for such a file finds, after he has locked it, that the path names it no longer, and begins again. Who looks at it meanwhile sees nobody
/// hold it.
/// </summary>
internal static class LockFileSweep
{
    /// <summary>How many were removed.</summary>
    public static int Run(string locksFolder, ITaskState state)
    {
        // Windows keeps a file in use from being removed and nothing else would notice; there the files stay.
        if (!LibC.IsUnix)
            return 0;
        var open = new System.Collections.Generic.HashSet<string>(StringComparer.Ordinal);
        foreach (var task in state.Tasks)
        {
            if (task.Status is not (AgentTaskStatus.Done or AgentTaskStatus.Cancelled or AgentTaskStatus.Failed))
                open.Add(TaskLockFile.PathOf(locksFolder, task.Id));
        }
        var swept = 0;
        foreach (var path in StoreFolder.Files(locksFolder, "task_*.lock"))
        {
            if (!open.Contains(path) && TaskLockFile.IsName(Path.GetFileName(path)) && TryRemove(path))
                swept++;
        }
        foreach (var file in ResourceLockFile.In(locksFolder))
            swept += TryRemove(file.Path) ? 1 : 0;
        return swept;
    }

    private static bool TryRemove(string path)
    {
        using var file = LockFile.Open(path, create: false);
        if (file is null || !file.TryShare())
            return false;
        HolderFile.Delete(path);
        FileBytes.TryDelete(path);
        return true;
    }
}
