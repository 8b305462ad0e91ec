using System;
using System.Runtime.InteropServices;

namespace TaskLocking.Locking;

/// <summary>
/// Linux: locks on single bytes that belong to an open file and not to a process (F_OFD_SETLK), as flock does, on a folder too. They know
/// nothing of flock. Beside <see cref="LibC"/> a place with such constants; call only where <see cref="IsSupported"/>.
/// </summary>
internal static unsafe class LibCLock
{
    private const int Get = 36;
    private const int Set = 37;
    private const short Read = 0;
    private const short Write = 1;
    private const short None = 2;

    /// <summary>Linux with eight bytes a word: the structure has one layout there.</summary>
    public static bool IsSupported { get; } = LibC.IsLinux && IntPtr.Size == 8;

    /// <summary>Locks a byte, as many others may; false where the file system has no such locks.</summary>
    public static bool Share(int descriptor, long at)
    {
        var range = new Range { Kind = Read, Start = at, Length = 1 };
        return fcntl(descriptor, Set, &range) == 0;
    }

    /// <summary>Unlocks all bytes.</summary>
    public static void Unshare(int descriptor)
    {
        var range = new Range { Kind = None };
        _ = fcntl(descriptor, Set, &range);
    }

    /// <summary>A byte between two that is locked through another open file; null if there is none.</summary>
    public static long? FindOther(int descriptor, long first, long last)
    {
        // A length of 0 goes to the end of everything.
        var range = new Range { Kind = Write, Start = first, Length = last == long.MaxValue ? 0 : last - first + 1 };
        return fcntl(descriptor, Get, &range) == 0 && range.Kind != None ? Math.Max(range.Start, first) : null;
    }

    // The kernel's struct flock.
    [StructLayout(LayoutKind.Sequential)]
    private struct Range
    {
        public short Kind;
        public short From;
        public long Start;
        public long Length;
        public int Process;
    }

#pragma warning disable SYSLIB1054, CA2101, IDE1006 // C's names; the source generator is not there for .NET Standard.
    // Variadic in C, which Linux passes like any other argument.
    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fcntl(int descriptor, int command, Range* range);
#pragma warning restore SYSLIB1054, CA2101, IDE1006
}
