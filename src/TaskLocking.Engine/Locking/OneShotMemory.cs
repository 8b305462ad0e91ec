using System;
using System.IO;
using System.Threading;

namespace TaskLocking.Locking;

/// <summary>
/// Memory for a process that opens a store of megabytes, does one thing and ends. It keeps nearly all that it makes as long as it lives,
/// so that a collection finds nothing and only costs; and it touches all of its memory for the first time: see <see cref="LargeArray"/>.
/// So the collector is asked to have that memory ready and to leave it alone. Needs more than that, and it collects as ever.
/// </summary>
internal static class OneShotMemory
{
#if NET
    private const long Worthwhile = 2 << 20; // bytes of the document
    private const long Most = 160 << 20;

    private static int _isPrepared;

    /// <summary>To be called before the store is read; once counts. Where there is no such memory, all goes on without.</summary>
    public static void Prepare(string document)
    {
        if (Interlocked.Exchange(ref _isPrepared, 1) != 0
            || new FileInfo(document) is not { Exists: true, Length: >= Worthwhile and var size })
        {
            return;
        }
        // The document as it is read and as it is written; its tasks, with names, places and what they wait for.
        var arrays = (2 * size) + Worthwhile;
        var objects = 3 * size;
        if (arrays + objects > Most)
            return;
        try
        {
            if (GC.TryStartNoGCRegion(arrays + objects, arrays) && LibCMemory.IsSupported)
                LibCMemory.PreferLargePages(around: new byte[1], arrays + objects);
        }
        catch (Exception exception) when (exception is ArgumentOutOfRangeException or InvalidOperationException or OutOfMemoryException)
        {
            System.Diagnostics.Debug.WriteLine(exception);
        }
    }
#else
    /// <summary>Nothing: no process of that kind runs on it.</summary>
    public static void Prepare(string document)
    {
    }
#endif
}
