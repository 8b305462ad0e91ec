using System;
using System.Runtime.InteropServices;
using System.Text;

#if NET
// Every signature here is blittable: without the runtime's marshalling, ReadyToRun compiles the calls ahead of time.
[assembly: System.Runtime.CompilerServices.DisableRuntimeMarshalling]
#endif
// What a call to the system fills need not be cleared before it: without this each lock would clear two thousand bytes.
[module: System.Runtime.CompilerServices.SkipLocalsInit]

namespace TaskLocking.Locking;

/// <summary>
/// The system calls that .NET does not offer as they are: a lock attempt that throws nothing and tells the true errno, a flush that
/// leaves times alone, a file's identity. The only place with Unix constants. Call only where <see cref="IsUnix"/>.
/// </summary>
internal static unsafe class LibC
{
    public const int NotPermitted = 1;
    public const int NoEntry = 2;
    public const int Interrupted = 4;
    public const int BadDescriptor = 9;
    public const int NoRight = 13;

    /// <summary>
    /// The most times one after the other that a call is made again which was interrupted, or did nothing: a system that says so for ever
    /// is at fault, and that is told by its number.
    /// </summary>
    public const int MostRepeats = 10_000;

#if NET
    // GetLastSystemError reads errno itself; asking the runtime to keep it would cost a stub compiled at first use.
    private const bool KeepErrno = false;
#else
    private const bool KeepErrno = true;
#endif
    private const int ExclusiveNonBlocking = 2 | 4;
    private const int SharedNonBlocking = 1 | 4;
    private const int Unlock = 8;
    private const int NoProcess = 3;

    public static bool IsLinux { get; } = RuntimeInformation.IsOSPlatform(OSPlatform.Linux);

    public static bool IsMacOS { get; } = RuntimeInformation.IsOSPlatform(OSPlatform.OSX);

    public static bool IsUnix { get; } = !RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    /// <summary>EWOULDBLOCK: 11 on Linux, 35 on macOS and the BSDs.</summary>
    public static int WouldBlock { get; } = IsLinux ? 11 : 35;

    public static int CloseOnExec { get; } = IsLinux ? 0x80000 : IsMacOS ? 0x1000000 : 0x100000;

    /// <summary>Tries for the exclusive lock: 0, or the errno.</summary>
    public static int TryLock(int descriptor) => Repeat(descriptor, ExclusiveNonBlocking);

    /// <summary>Tries for a share of the lock: 0, or the errno.</summary>
    public static int TryShare(int descriptor) => Repeat(descriptor, SharedNonBlocking);

    /// <summary>Unlocks at once, whatever copies of the descriptor a child process still has.</summary>
    public static int Release(int descriptor) => Repeat(descriptor, Unlock);

    public static void Close(int descriptor) => _ = close(descriptor);

    /// <summary>Makes data and length durable: 0, or the errno.</summary>
    public static int Flush(int descriptor, bool dataOnly)
    {
        for (var repeats = MostRepeats; ; repeats--)
        {
            if ((dataOnly && IsLinux ? fdatasync(descriptor) : fsync(descriptor)) == 0)
                return 0;
            if (Errno() is var errno && (errno != Interrupted || repeats == 0))
                return errno;
        }
    }

    /// <summary>
    /// Linux only: reads through this descriptor leave the file's access time alone, where the user may say so of this file.
    /// </summary>
    public static void KeepAccessTime(int descriptor)
    {
        const int GetFlags = 3;
        const int SetFlags = 4;
        const int NoAccessTime = 0x40000;
        if (fcntl(descriptor, GetFlags, 0) is var flags and >= 0)
            _ = fcntl(descriptor, SetFlags, flags | NoAccessTime);
    }

    /// <summary>Asks for something about an open file: 0, or the errno.</summary>
    public static int Control(int descriptor, int command, nint argument) => fcntl(descriptor, command, argument) == -1 ? Errno() : 0;

    public static void ChangeMode(int descriptor, int mode) => _ = fchmod(descriptor, mode);

    /// <summary>Gives an open file away; false if this user may not. The highest number leaves the owner, or the group, as it is.</summary>
    public static bool ChangeOwner(int descriptor, uint owner, uint group) => fchown(descriptor, owner, group) == 0;

    /// <summary>Whether the system has a process of that id, be it somebody else's or hidden.</summary>
    public static bool HasProcess(int pid) => kill(pid, 0) == 0 || Errno() != NoProcess;

    /// <summary>Stops a process until it is resumed, as a suspended laptop does; false if that cannot be done. Unix only.</summary>
    public static bool Suspend(int pid) => IsUnix && kill(pid, IsLinux ? 19 : 17) == 0;

    /// <summary>Lets a stopped process go on; nothing to one that runs.</summary>
    public static bool Resume(int pid) => IsUnix && kill(pid, IsLinux ? 18 : 19) == 0;

    /// <summary>Linux only: the magic number of the folder's file system, or 0 if that cannot be told.</summary>
    public static long FileSystemOf(string folder)
    {
        // The type is the first word of the kernel's struct statfs (120 bytes where a word has eight, less elsewhere).
        var buffer = stackalloc byte[256];
        fixed (byte* name = Encoding.UTF8.GetBytes(folder + '\0'))
            return statfs(name, buffer) == 0 ? (long)*(nuint*)buffer : 0;
    }

    /// <summary>Sleeps for the shortest time that there is, 50 µs and more on Linux.</summary>
    public static void Nap() => _ = usleep(1);

    /// <summary>Linux only: a queue for what happens to folders; the descriptor, or the negative errno.</summary>
    public static int OpenFolderEvents()
    {
        const int NonBlocking = 0x800;
        return inotify_init1(NonBlocking | CloseOnExec) is var descriptor and >= 0 ? descriptor : -Errno();
    }

    /// <summary>
    /// Adds to a queue what happens to the names in a folder and to itself; the number by which it is told, or the negative errno.
    /// </summary>
    public static int AddFolderEvents(int descriptor, string folder, uint events)
    {
        const uint FoldersOnly = 0x1000000;
        fixed (byte* name = Encoding.UTF8.GetBytes(folder + '\0'))
            return inotify_add_watch(descriptor, name, events | FoldersOnly) is var number and >= 0 ? number : -Errno();
    }

    /// <summary>Reads from a descriptor that does not block: the number of bytes, or the negative errno.</summary>
    public static int Read(int descriptor, byte* buffer, int size)
    {
        for (var repeats = MostRepeats; ; repeats--)
        {
            var count = read(descriptor, buffer, (nuint)size);
            if (count >= 0)
                return (int)count;
            if (Errno() is var errno && (errno != Interrupted || repeats == 0))
                return -errno;
        }
    }

    private static int Repeat(int descriptor, int operation)
    {
        for (var repeats = MostRepeats; ; repeats--)
        {
            if (flock(descriptor, operation) == 0)
                return 0;
            if (Errno() is var errno && (errno != Interrupted || repeats == 0))
                return errno;
        }
    }

    /// <summary>What the last call of this thread left; to be asked at once.</summary>
    public static int Errno() =>
#if NET
        Marshal.GetLastSystemError();
#else
        Marshal.GetLastWin32Error();
#endif

#pragma warning disable SYSLIB1054, CA2101, IDE1006 // C's names; the source generator is not there for .NET Standard.
    [DllImport("libc", SetLastError = KeepErrno), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int flock(int descriptor, int operation);

    [DllImport("libc", SetLastError = KeepErrno), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int close(int descriptor);

    [DllImport("libc", SetLastError = KeepErrno), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fsync(int descriptor);

    [DllImport("libc", SetLastError = KeepErrno), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fdatasync(int descriptor);

    // Variadic in C, which Linux passes like any other argument.
    [DllImport("libc", SetLastError = KeepErrno), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fcntl(int descriptor, int command, nint argument);

    [DllImport("libc", SetLastError = KeepErrno), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fchmod(int descriptor, int mode);

    [DllImport("libc", SetLastError = KeepErrno), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fchown(int descriptor, uint owner, uint group);

    [DllImport("libc", SetLastError = KeepErrno), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int pid, int signal);

    [DllImport("libc", SetLastError = KeepErrno), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int statfs(byte* path, byte* buffer);

    [DllImport("libc", SetLastError = KeepErrno), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int inotify_init1(int flags);

    [DllImport("libc", SetLastError = KeepErrno), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int inotify_add_watch(int descriptor, byte* path, uint mask);

    [DllImport("libc", SetLastError = KeepErrno), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint read(int descriptor, byte* buffer, nuint size);

    [DllImport("libc", SetLastError = KeepErrno), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int usleep(uint microseconds);
#pragma warning restore SYSLIB1054, CA2101, IDE1006
}
