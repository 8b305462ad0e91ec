using System.Runtime.InteropServices;

namespace TaskLocking.Locking;

/// <summary>
/// Linux: descriptors of processes, which become readable when the whole process has ended; a pid that is used again is none of theirs.
/// Call only on Linux.
/// </summary>
internal static unsafe class LibCProcess
{
    private const nint OpenProcess = 434; // The same number on every processor.
    private const short Readable = 1;

    /// <summary>The descriptor, closed on exec; negative if there is none to be had, as before Linux 5.3.</summary>
    public static int Open(int pid) => (int)syscall(OpenProcess, pid, 0);

    /// <summary>Asks about many at once: tells of each whether its process has ended.</summary>
    public static void Look(int[] descriptors, bool[] haveEnded)
    {
        var items = new Polled[descriptors.Length];
        for (var i = 0; i < items.Length; i++)
            (items[i].Descriptor, items[i].Events) = (descriptors[i], Readable);
        fixed (Polled* first = items)
        {
            // Interrupted by a signal it tells of none: all of them live then, as far as was seen.
            _ = poll(first, (nuint)items.Length, 0);
        }
        for (var i = 0; i < items.Length; i++)
            haveEnded[i] = items[i].Happened != 0;
    }

    /// <summary>The same of one.</summary>
    public static bool HasEnded(int descriptor)
    {
        var item = new Polled { Descriptor = descriptor, Events = Readable };
        return poll(&item, 1, 0) > 0;
    }

    /// <summary>Waits until there is something to read; false if the time is over, or a signal came, before there is.</summary>
    public static bool AwaitReadable(int descriptor, int milliseconds)
    {
        var item = new Polled { Descriptor = descriptor, Events = Readable };
        return poll(&item, 1, milliseconds) > 0;
    }

    private struct Polled
    {
        public int Descriptor;
        public short Events;
        public short Happened;
    }

#pragma warning disable SYSLIB1054, CA2101, IDE1006 // C's names; the source generator is not there for .NET Standard.
    // An assembler stub that takes its arguments like any other.
    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint syscall(nint number, nint pid, nint flags);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int poll(Polled* items, nuint count, int timeout);
#pragma warning restore SYSLIB1054, CA2101, IDE1006
}
