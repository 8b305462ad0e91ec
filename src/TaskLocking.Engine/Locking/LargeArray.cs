#if NET
using System;
#endif

namespace TaskLocking.Locking;

/// <summary>
/// Arrays for whole documents. Memory that a process touches for the first time is given to it page by page, and where the machine is a
/// virtual one, each page can cost as much as reading thirty of them: so, where the system has pages of megabytes, these are asked for.
/// </summary>
internal static class LargeArray
{
    // A page and the way to where the next one begins.
    private const int Worthwhile = 4 << 20;

    /// <summary>An array that is to be filled: what it holds by then is nobody's.</summary>
    public static byte[] Of(int length)
    {
#if NET
        var bytes = GC.AllocateUninitializedArray<byte>(length);
        if (length >= Worthwhile && LibCMemory.IsSupported)
            LibCMemory.PreferLargePages(bytes);
        return bytes;
#else
        return new byte[length];
#endif
    }
}
