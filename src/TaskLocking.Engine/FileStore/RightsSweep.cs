using System.Collections.Generic;
using TaskLocking.Locking;
using TaskLocking.Workspaces;

namespace TaskLocking.FileStore;

/// <summary>
/// Takes rights away: whoever has closed the document to others has meant what stands in it, and journal, backup, archive and what was put
/// aside show the same.
/// </summary>
internal static class RightsSweep
{
    private const int GroupAndOthers = 0x36; // 0066

    /// <summary>To be called when the document was published.</summary>
    /// <param name="paths">Where.</param>
    /// <param name="document">The document that was published.</param>
    public static void Run(StorePaths paths, FileStamp document)
    {
        // As readable as the folder makes files: then nothing can be more so.
        if (FileFacts.At(paths.Folder) is not { } folder || (folder.Rights & ~document.Mode & GroupAndOthers) == 0)
            return;
        try
        {
            List<string> shown = [paths.Backup, paths.Metrics, .. StoreFolder.Files(paths.Journals, "*.jsonl"),
                .. StoreFolder.Files(paths.Aside, "*"), .. StoreFolder.Files(paths.Archive, "*")];
            foreach (var path in shown)
                StoreRights.Narrow(path, paths.Document);
        }
        catch (TaskLockingException refused)
        {
            // What stands there instead of a folder is told by whoever needs it.
            System.Diagnostics.Debug.WriteLine(refused);
        }
    }
}
