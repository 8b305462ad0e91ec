using System;
using System.Runtime.InteropServices;

namespace TaskLocking.Stress;

/// <summary>
/// Becomes another program for which every fdatasync fails with an input/output error, as on a dying disk, every flock with "not
/// supported", as on a mount without locks, or every statx as in an old container: a filter of the kernel, which any user may set for
/// himself. Linux on x64 and arm64.
/// </summary>
internal static unsafe class WithoutFlushCommand
{
    private const int Unsupported = 77;

    private const uint IoError = 5;
    private const uint NotSupported = 95;

    public static int Run(string[] command) => Run(command, x64: 75, arm64: 83, IoError);

    /// <summary>The same for flock.</summary>
    public static int RunWithoutLocks(string[] command) => Run(command, x64: 73, arm64: 32, NotSupported);

    /// <summary>The same for statx, with an error of choice.</summary>
    public static int RunWithoutStatx(uint errno, string[] command) => Run(command, x64: 332, arm64: 291, errno);

    private static int Run(string[] command, uint x64, uint arm64, uint errno)
    {
        var call = RuntimeInformation.ProcessArchitecture switch { Architecture.X64 => x64, Architecture.Arm64 => arm64, _ => 0u };
        if (call == 0 || !OperatingSystem.IsLinux())
            return Unsupported;
        const uint Allow = 0x7fff0000;
        // The number of the call; if it is the one, go on, else skip one; fail; allow. {ushort code; byte jt, jf; uint k}
        var filter = stackalloc ulong[] { 0x20, 0x15 | 1ul << 24 | (ulong)call << 32, 0x06 | (ulong)(0x50000 | errno) << 32,
            0x06 | (ulong)Allow << 32 };
        var program = new Filter { Length = 4, Instructions = filter };
        const int NoNewPrivileges = 38;
        const int Seccomp = 22;
        const nuint Mode = 2;
        if (prctl(NoNewPrivileges, 1, null, 0, 0) != 0 || prctl(Seccomp, Mode, &program, 0, 0) != 0)
            return Unsupported;
        var words = stackalloc byte*[command.Length + 1];
        for (var i = 0; i < command.Length; i++)
            words[i] = (byte*)Marshal.StringToCoTaskMemUTF8(command[i]);
        words[command.Length] = null;
        _ = execv(words[0], words);
        return Unsupported;
    }

#pragma warning disable SYSLIB1054, CA2101, IDE1006 // C's names
    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int prctl(int option, nuint first, void* second, nuint third, nuint fourth);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int execv(byte* path, byte** arguments);
#pragma warning restore SYSLIB1054, CA2101, IDE1006

    private struct Filter
    {
        public ushort Length;
        public ulong* Instructions;
    }
}
