using System;
using System.Runtime.InteropServices;
using System.Text;

#if NET
// Every signature here is blittable: without the runtime's marshalling, ReadyToRun compiles the calls ahead of time.
[assembly: System.Runtime.CompilerServices.DisableRuntimeMarshalling]
#endif

namespace TaskLocking.Locking;

/// <summary>
/// The system calls that .NET does not offer as they are: a lock attempt that throws nothing and tells the true errno, a flush that
/// leaves times alone, a file's identity. The only place with Unix constants. Call only where <see cref="IsUnix"/>.
/// </summary>
internal static unsafe class LibC
{
    public const int Interrupted = 4;
    public const int NoEntry = 2;

#if NET
    // GetLastSystemError reads errno itself; asking the runtime to keep it would cost a stub compiled at first use.
    private const bool KeepErrno = false;
#else
    private const bool KeepErrno = true;
#endif
    private const int ReadWrite = 2;
    private const int ExclusiveNonBlocking = 2 | 4;
    private const int Unlock = 8;
    private const int NoProcess = 3;

    public static bool IsLinux { get; } = RuntimeInformation.IsOSPlatform(OSPlatform.Linux);

    public static bool IsMacOS { get; } = RuntimeInformation.IsOSPlatform(OSPlatform.OSX);

    public static bool IsUnix { get; } = !RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    /// <summary>EWOULDBLOCK: 11 on Linux, 35 on macOS and the BSDs.</summary>
    public static int WouldBlock { get; } = IsLinux ? 11 : 35;

    private static int CloseOnExec { get; } = IsLinux ? 0x80000 : IsMacOS ? 0x1000000 : 0x100000;

    /// <summary>Opens an existing file or folder; the descriptor, or the negative errno.</summary>
    public static int Open(string path, bool write)
    {
        var bytes = Terminated(path);
        fixed (byte* name = bytes)
        {
            while (true)
            {
                // Two arguments only: with O_CREAT the mode would be variadic, which Apple's arm64 passes elsewhere.
                var descriptor = open(name, (write ? ReadWrite : 0) | CloseOnExec);
                if (descriptor >= 0)
                    return descriptor;
                if (Errno() is var errno && errno != Interrupted)
                    return -errno;
            }
        }
    }

    /// <summary>Tries for the exclusive lock: 0, or the errno.</summary>
    public static int TryLock(int descriptor) => Repeat(descriptor, ExclusiveNonBlocking);

    /// <summary>Unlocks at once, whatever copies of the descriptor a child process still has.</summary>
    public static int Release(int descriptor) => Repeat(descriptor, Unlock);

    public static void Close(int descriptor) => _ = close(descriptor);

    /// <summary>Makes data and length durable: 0, or the errno.</summary>
    public static int Flush(int descriptor, bool dataOnly)
    {
        while (true)
        {
            if ((dataOnly && IsLinux ? fdatasync(descriptor) : fsync(descriptor)) == 0)
                return 0;
            if (Errno() is var errno && errno != Interrupted)
                return errno;
        }
    }

    public static void ChangeMode(int descriptor, int mode) => _ = fchmod(descriptor, mode);

    /// <summary>Linux only: fills the kernel's <c>struct statx</c> (256 bytes, one layout everywhere): 0, or the errno.</summary>
    public static int Stat(int descriptor, string? path, byte* buffer)
    {
        const int CurrentFolder = -100;
        const int EmptyPath = 0x1000;
        const uint BasicAndBirth = 0xfff;
        if (path is null)
        {
            byte nothing = 0;
            return statx(descriptor, &nothing, EmptyPath, BasicAndBirth, buffer) == 0 ? 0 : Errno();
        }
        fixed (byte* name = Terminated(path))
            return statx(CurrentFolder, name, 0, BasicAndBirth, buffer) == 0 ? 0 : Errno();
    }

    /// <summary>Whether the system has a process of that id, be it somebody else's or hidden.</summary>
    public static bool HasProcess(int pid) => kill(pid, 0) == 0 || Errno() != NoProcess;

    private static int Repeat(int descriptor, int operation)
    {
        while (true)
        {
            if (flock(descriptor, operation) == 0)
                return 0;
            if (Errno() is var errno && errno != Interrupted)
                return errno;
        }
    }

    private static byte[] Terminated(string path)
    {
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(path.Length) + 1];
        Encoding.UTF8.GetBytes(path, 0, path.Length, bytes, 0);
        return bytes;
    }

    private static int Errno() =>
#if NET
        Marshal.GetLastSystemError();
#else
        Marshal.GetLastWin32Error();
#endif

#pragma warning disable SYSLIB1054, CA2101, IDE1006 // C's names; the source generator is not there for .NET Standard.
    [DllImport("libc", SetLastError = KeepErrno), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open(byte* path, int flags);

    [DllImport("libc", SetLastError = KeepErrno), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int flock(int descriptor, int operation);

    [DllImport("libc", SetLastError = KeepErrno), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int close(int descriptor);

    [DllImport("libc", SetLastError = KeepErrno), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fsync(int descriptor);

    [DllImport("libc", SetLastError = KeepErrno), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fdatasync(int descriptor);

    [DllImport("libc", SetLastError = KeepErrno), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fchmod(int descriptor, int mode);

    [DllImport("libc", SetLastError = KeepErrno), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int pid, int signal);

    [DllImport("libc", SetLastError = KeepErrno), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int statx(int folder, byte* path, int flags, uint mask, byte* buffer);
#pragma warning restore SYSLIB1054, CA2101, IDE1006
}
