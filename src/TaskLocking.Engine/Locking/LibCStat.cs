using System;
using System.Runtime.InteropServices;
using System.Text;

namespace TaskLocking.Locking;

/// <summary>Linux: what the kernel tells of a file, as its <c>struct statx</c>. With such constants, beside <see cref="LibC"/>.</summary>
/// <remarks>
/// Old containers forbid statx by EPERM, for which the C library has no other way. The older call knows everything but the time of birth,
/// which is 0 then, as on file systems that do not keep it, and the number of the mount.
/// </remarks>
internal static unsafe class LibCStat
{
    /// <summary>In bytes; one layout on every processor.</summary>
    public const int Size = 256;

    private const int NotPermitted = 1;
    private const int NoSuchCall = 38;
    private const int CurrentFolder = -100;
    private const int EmptyPath = 0x1000;
    private const int LinkItself = 0x100;
    private const uint Mount = 0x1000;

#if NET
    private const bool KeepErrno = false;
#else
    private const bool KeepErrno = true;
#endif

    // A path up to here is handed over on the stack.
    private const int ShortPath = 512;

    private static volatile bool _lacksStatx;

    /// <summary>Fills the structure: 0, or the errno.</summary>
    /// <param name="descriptor">What is asked about, if <paramref name="path"/> is null.</param>
    /// <param name="path">The name of what is asked about.</param>
    /// <param name="buffer">Where it goes: <see cref="Size"/> bytes.</param>
    /// <param name="follows">Whether a link at the path stands for its target.</param>
    public static int Fill(int descriptor, string? path, byte* buffer, bool follows = true)
    {
        if (path is null)
        {
            byte nothing = 0;
            return Ask(descriptor, &nothing, EmptyPath, buffer);
        }
        var size = path.Length * 3 + 1;
        var space = stackalloc byte[ShortPath];
        fixed (byte* longer = size <= ShortPath ? null : new byte[size])
        fixed (char* text = path)
        {
            var name = longer is null ? space : longer;
            name[Encoding.UTF8.GetBytes(text, path.Length, name, size)] = 0;
            return Ask(CurrentFolder, name, follows ? 0 : LinkItself, buffer);
        }
    }

    /// <summary>The number of the mount that a path lies on; 0 if the kernel does not tell.</summary>
    public static ulong MountOf(string path)
    {
        var buffer = stackalloc byte[Size];
        return Fill(-1, path, buffer) == 0 && (*(uint*)buffer & Mount) != 0 ? *(ulong*)(buffer + 144) : 0;
    }

    /// <summary>Whether the right is missing to tell what has that name.</summary>
    public static bool IsHidden(string path)
    {
        var buffer = stackalloc byte[Size];
        return Fill(-1, path, buffer) == LibC.NoRight;
    }

    private static int Ask(int folder, byte* name, int flags, byte* buffer)
    {
        const uint BasicAndBirth = 0xfff;
        if (!_lacksStatx)
        {
            if (statx(folder, name, flags, BasicAndBirth | Mount, buffer) == 0)
                return 0;
            if (LibC.Errno() is var errno && errno is not (NotPermitted or NoSuchCall))
                return errno;
        }
        var answer = AskOlder(folder, name, flags, buffer);
        _lacksStatx |= answer == 0;
        return answer;
    }

    private static int AskOlder(int folder, byte* name, int flags, byte* buffer)
    {
        var isX64 = RuntimeInformation.ProcessArchitecture == Architecture.X64;
        if (!isX64 && RuntimeInformation.ProcessArchitecture != Architecture.Arm64)
            return NoSuchCall;
        // The kernel's struct stat: device 0, inode 8, length 48, modification 88; x64 has links at 16, mode 24, owner 28; arm64 mode 16.
        var stat = stackalloc byte[Size];
        if (syscall(isX64 ? 262 : 79, folder, name, stat, flags) != 0)
            return LibC.Errno();
        new Span<byte>(buffer, Size).Clear();
        var device = *(ulong*)stat;
        *(uint*)(buffer + 16) = *(uint*)(stat + (isX64 ? 16 : 20));
        *(uint*)(buffer + 20) = *(uint*)(stat + (isX64 ? 28 : 24));
        *(uint*)(buffer + 24) = *(uint*)(stat + (isX64 ? 32 : 28));
        *(ushort*)(buffer + 28) = *(ushort*)(stat + (isX64 ? 24 : 16));
        *(ulong*)(buffer + 32) = *(ulong*)(stat + 8);
        *(long*)(buffer + 40) = *(long*)(stat + 48);
        *(long*)(buffer + 112) = *(long*)(stat + 88);
        *(uint*)(buffer + 120) = *(uint*)(stat + 96);
        *(uint*)(buffer + 136) = (uint)((device >> 8 & 0xfff) | (device >> 32 & ~0xfffUL));
        *(uint*)(buffer + 140) = (uint)((device & 0xff) | (device >> 12 & ~0xffUL));
        return 0;
    }

#pragma warning disable SYSLIB1054, CA2101, IDE1006 // C's names; the source generator is not there for .NET Standard.
    [DllImport("libc", SetLastError = KeepErrno), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int statx(int folder, byte* path, int flags, uint mask, byte* buffer);

    // An assembler stub that takes its arguments like any other.
    [DllImport("libc", SetLastError = KeepErrno), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint syscall(nint number, nint folder, byte* path, byte* buffer, nint flags);
#pragma warning restore SYSLIB1054, CA2101, IDE1006
}
