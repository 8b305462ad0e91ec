using System;
using System.IO;
using System.Linq;

namespace TaskLocking.Server;

/// <summary>How much the journals of a folder's board take on the disk.</summary>
internal static class JournalSize
{
    /// <summary>In bytes; 0 where none can be read.</summary>
    public static long Of(TaskBoard board)
    {
        try
        {
            return new DirectoryInfo(Path.Combine(board.Workspace, ".todo2", "journal")).EnumerateFiles("*.jsonl").Sum(file => file.Length);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
