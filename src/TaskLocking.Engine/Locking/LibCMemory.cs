using System;
using System.Runtime.InteropServices;
using System.Text;

namespace TaskLocking.Locking;

/// <summary>
/// Linux: memory shared by name, large pages, and futexes. Beside <see cref="LibC"/> the only place with such constants, which are those
/// of x64 and arm64. Call only where <see cref="IsSupported"/>.
/// </summary>
internal static unsafe class LibCMemory
{
    private const int ReadWriteCreate = 2 | 0x40;
    private const int OwnerOnly = 0x180;
    private const int ReadWriteProtection = 1 | 2;
    private const int Shared = 1;
    private const int Wait = 0; // Not the private kind: the word is shared by processes.
    private const int Wake = 1;

    private const int HugePages = 14;
    private const nuint HugePage = 2 << 20; // On arm64 it may be more; then some of the range is advised in vain.

    private static readonly nint Futex = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 202 : 98;

    /// <summary>Linux with eight bytes a word, on the two processors whose numbers are known here.</summary>
    public static bool IsSupported { get; } = LibC.IsLinux
        && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    /// <summary>The descriptor, closed on exec and readable by this user alone; negative if there is none to be had.</summary>
    public static int OpenShared(string name)
    {
        try
        {
            fixed (byte* bytes = Encoding.UTF8.GetBytes(name + '\0'))
                return shm_open(bytes, ReadWriteCreate, OwnerOnly);
        }
        catch (EntryPointNotFoundException)
        {
            return -1; // glibc before 2.34 has it in a library of its own.
        }
    }

    public static void RemoveShared(string name)
    {
        fixed (byte* bytes = Encoding.UTF8.GetBytes(name + '\0'))
            _ = shm_unlink(bytes);
    }

    public static bool Allocate(int descriptor, int size) => posix_fallocate(descriptor, 0, size) == 0;

    /// <summary>The address, or null.</summary>
    public static byte* Map(int descriptor, int size) =>
        mmap(null, (nuint)size, ReadWriteProtection, Shared, descriptor, 0) is var address && (nint)address == -1 ? null : address;

    public static void Unmap(byte* address, int size) => _ = munmap(address, (nuint)size);

    /// <summary>Advises the system to give bytes that nobody has touched yet in pages of megabytes, where whole ones fit.</summary>
    public static void PreferLargePages(Span<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            var (first, end) = (((nuint)start + HugePage - 1) & ~(HugePage - 1), (nuint)start + (nuint)bytes.Length);
            if (end > first + HugePage)
                _ = madvise(first, (end - first) & ~(HugePage - 1), HugePages);
        }
    }

    /// <summary>The same for the memory on both sides of some bytes, as far as any of it is this process's.</summary>
    public static void PreferLargePages(ReadOnlySpan<byte> around, long reach)
    {
        fixed (byte* start = around)
        {
            // What lies between is passed over, and the answer is that something does.
            var first = ((nuint)start - (nuint)reach) & ~(HugePage - 1);
            _ = madvise(first, 2 * ((nuint)reach + HugePage) & ~(HugePage - 1), HugePages);
        }
    }

    /// <summary>Sleeps while the word has the expected value, at most so long; may wake for no reason.</summary>
    public static void FutexWait(int* word, int expected, TimeSpan longest)
    {
        var time = stackalloc long[2];
        time[0] = longest.Ticks / TimeSpan.TicksPerSecond;
        time[1] = longest.Ticks % TimeSpan.TicksPerSecond * 100;
        _ = syscall(Futex, word, Wait, expected, time, null, 0);
    }

    /// <summary>Wakes all who sleep at the word.</summary>
    public static void FutexWake(int* word) => _ = syscall(Futex, word, Wake, int.MaxValue, null, null, 0);

#pragma warning disable SYSLIB1054, CA2101, IDE1006 // C's names; the source generator is not there for .NET Standard.
    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int shm_open(byte* name, int flags, uint mode);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int shm_unlink(byte* name);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int posix_fallocate(int descriptor, nint offset, nint length);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern byte* mmap(void* address, nuint length, int protection, int flags, int descriptor, nint offset);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int munmap(byte* address, nuint length);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int madvise(nuint address, nuint length, int advice);

    // Variadic in C, but an assembler stub that takes its arguments like any other on both processors.
    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint syscall(nint number, int* word, nint operation, nint value, long* time, int* other, nint third);
#pragma warning restore SYSLIB1054, CA2101, IDE1006
}
