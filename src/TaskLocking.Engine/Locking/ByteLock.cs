using System.Runtime.InteropServices;

namespace TaskLocking.Locking;

/// <summary>
/// Locks on single bytes of an open file: of the open file itself, not of the process, so that two stores in one process are two. The
/// system frees them when the file is closed, however its process ends. Linux on x64 and arm64; elsewhere nothing is ever taken.
/// </summary>
internal static unsafe class ByteLock
{
    private const int Get = 36; // F_OFD_GETLK
    private const int Set = 37; // F_OFD_SETLK
    private const short Exclusive = 1;
    private const short Unlocked = 2;

    /// <summary>Takes the lock if it is free, for as long as the descriptor is open.</summary>
    public static bool TryTake(int descriptor, long place)
    {
        var range = new Range { Type = Exclusive, Start = place, Length = 1 };
        return LibCMemory.IsSupported && fcntl(descriptor, Set, &range) == 0;
    }

    /// <summary>Whether somebody else has the lock; null where the system does not tell.</summary>
    public static bool? IsTaken(int descriptor, long place)
    {
        var range = new Range { Type = Exclusive, Start = place, Length = 1 };
        return LibCMemory.IsSupported && fcntl(descriptor, Get, &range) == 0 ? range.Type != Unlocked : null;
    }

#pragma warning disable SYSLIB1054, CA2101, IDE1006 // C's names; the source generator is not there for .NET Standard.
    // Variadic in C; both processors pass the third argument like any other.
    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fcntl(int descriptor, int command, Range* range);
#pragma warning restore SYSLIB1054, CA2101, IDE1006

    // The kernel's struct flock where a word has eight bytes.
    [StructLayout(LayoutKind.Sequential)]
    private struct Range
    {
        public short Type;
        public short Whence; // 0: from the beginning
        public long Start;
        public long Length;
        public int Process;
    }
}
