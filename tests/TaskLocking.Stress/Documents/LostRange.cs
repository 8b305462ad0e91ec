using System;
using System.IO;
using TaskLocking.FileStore;

namespace TaskLocking.Stress;

/// <summary>
/// What the disk did not take of a journal: the system has given it up, and says no more of it. After a power loss there are zeros.
/// </summary>
internal sealed record LostRange(string Path, long Start, long End)
{
    /// <summary>The last line of a store, which is being flushed; null if it has none yet.</summary>
    public static LostRange? AtEnd(FileTaskStore store)
    {
        if (store.Log.Source.Image is not { Journal: { } journal } image || image.Offset <= journal.HeaderEnd)
            return null;
        var bytes = journal.Read(0, image.Offset);
        var start = Array.LastIndexOf(bytes, (byte)'\n', bytes.Length - 2) + 1;
        return new LostRange(journal.Path, start, image.Offset);
    }

    /// <summary>Does to it what the power loss does.</summary>
    public void Lose()
    {
        if (!File.Exists(Path) || new FileInfo(Path).Length < End)
            return;
        using var file = new FileStream(Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        file.Position = Start;
        file.Write(new byte[End - Start]);
    }
}
