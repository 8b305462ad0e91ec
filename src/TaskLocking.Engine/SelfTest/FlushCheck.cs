using System.Diagnostics;
using System.IO;
using TaskLocking.Locking;

namespace TaskLocking.SelfTest;

/// <summary>A file and its folder must be flushable: every answer rests on it.</summary>
internal static class FlushCheck
{
    public static string Run(string path)
    {
        var watch = Stopwatch.StartNew();
        using (var stream = new FileStream(path, FileMode.Create, FileAccess.ReadWrite))
        {
            stream.Write(new byte[400], 0, 400);
            stream.Flush(flushToDisk: true);
        }
        var file = watch.Elapsed;
        PlatformFile.FlushFolder(Path.GetDirectoryName(path)!);
        return $"A file of 400 bytes was flushed in {file.TotalMilliseconds:0.0} ms and its folder in " +
            $"{(watch.Elapsed - file).TotalMilliseconds:0.0} ms.";
    }
}
