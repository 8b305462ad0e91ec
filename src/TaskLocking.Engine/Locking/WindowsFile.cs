using System;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TaskLocking.Locking;

/// <summary>
/// What Windows tells of a file, and does with its name, that .NET does not offer: who the file is, whatever its name; how many names it
/// has; a rename over a file that is open. The only place with constants of Windows. Call only where <see cref="LibC.IsUnix"/> is false.
/// </summary>
internal static unsafe class WindowsFile
{
    public const int FileNotFound = 2;
    public const int PathNotFound = 3;
    public const int AccessDenied = 5;
    public const int SharingViolation = 32;

#if NET
    private const bool KeepError = false;
#else
    private const bool KeepError = true;
#endif
    private const uint ToAsk = 0x80; // FILE_READ_ATTRIBUTES: nobody's share mode refuses it.
    private const uint ToRename = 0x110000; // DELETE, SYNCHRONIZE
    private const uint ShareAll = 7;
    private const uint OpenExisting = 3;
    private const uint FoldersToo = 0x2000000;
    private const uint LinkItself = 0x200000;
    private const uint ReadOnly = 1;
    private const uint ReparsePoint = 0x400;

    // Up to here a path needs no prefix, whatever the program's manifest and the machine's policy say.
    private const int ShortPath = 247;

    // The last volume that was asked for its file system, and whether a file keeps its number there, whatever its name: 0, or what it
    // answered beside its serial number. A race asks once more.
    private static long _volume;

    /// <summary>What the path names; null if there is nothing that can be reached.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <param name="follows">Whether a link at the path stands for its target.</param>
    public static WindowsFileFacts? Of(string path, bool follows)
    {
        using var file = Open(path, ToAsk, follows);
        return file.IsInvalid ? null : Of(file);
    }

    /// <summary>The open file or folder itself, wherever its name has gone.</summary>
    public static WindowsFileFacts? Of(SafeFileHandle file)
    {
        const int Size = 52; // BY_HANDLE_FILE_INFORMATION
        var added = false;
        try
        {
            file.DangerousAddRef(ref added);
            var handle = file.DangerousGetHandle();
            var told = stackalloc uint[Size / sizeof(uint)];
            if (GetFileInformationByHandle(handle, told) == 0)
                return null;
            var tag = stackalloc uint[2];
            if ((told[0] & ReparsePoint) == 0 || GetFileInformationByHandleEx(handle, 9, tag, 8) == 0)
                tag[1] = 0;
            return new WindowsFileFacts(told[0], tag[1], (long)Pair(told[9], told[8]), (long)Pair(told[5], told[6]),
                (long)Pair(told[1], told[2]), told[7], IsNumbered(handle, told[7]) ? Pair(told[12], told[11]) : 0, told[10]);
        }
        finally
        {
            if (added)
                file.DangerousRelease();
        }
    }

    /// <summary>
    /// Whether anybody has the file open to write to it. Asked by keeping writers out for a moment, so only where nothing else tells.
    /// </summary>
    public static bool IsOpenToWrite(string path)
    {
        const uint ToRead = 1;
        const uint ShareButToWrite = 1 | 4;
        using var file = Open(path, ToRead, follows: true, ShareButToWrite);
        return file.IsInvalid && Error() == SharingViolation;
    }

    /// <summary>Whether the file of that name has been taken away, and is gone as soon as the last one closes it.</summary>
    public static bool IsGoing(string path)
    {
        const uint DeletePending = 0xC0000056;
        using var file = Open(path, ToAsk, follows: true);
        return file.IsInvalid && RtlGetLastNtStatus() == DeletePending;
    }

    /// <summary>
    /// The path in the letters that the folders have, with no short names ("PROGRA~1"): one file has one. Null if there is none.
    /// </summary>
    public static string? LongName(string path)
    {
        var name = new char[path.Length + 64];
        while (true)
        {
            uint length;
            fixed (char* given = Extended(path), space = name)
                length = GetLongPathNameW(given, space, (uint)name.Length);
            if (length == 0)
                return null;
            if (length < name.Length)
                return new string(name, 0, (int)length);
            name = new char[length + 1];
        }
    }

    /// <summary>
    /// Gives a file the name of another in one step; whoever has that one open keeps it. Where the system cannot do that, only if nobody
    /// has it open.
    /// </summary>
    /// <returns>0, or the system's error: <see cref="SharingViolation"/> where it is open that is in the way.</returns>
    public static int Rename(string source, string target)
    {
        var error = RenameOverOpen(source, target);
        if (error is 0 or FileNotFound or PathNotFound)
            return error;
        const uint ReplaceExisting = 1;
        fixed (char* from = Extended(source), to = Extended(target))
            error = MoveFileExW(from, to, ReplaceExisting) != 0 ? 0 : Error();
        return error == AccessDenied && IsOpen(target) ? SharingViolation : error;
    }

    // The system does not say that a file cannot be replaced for being open: the right is there, and it is denied all the same.
    private static bool IsOpen(string path)
    {
        using var file = Open(path, ToRename, follows: false);
        return file.IsInvalid ? Error() == SharingViolation : Of(file) is { } facts && (facts.Attributes & ReadOnly) == 0 && facts.IsFile;
    }

    // From Windows 10 on, on NTFS and ReFS. Others say that there is no such thing, each by an error of its own.
    private static int RenameOverOpen(string source, string target)
    {
        const int RenameInfoEx = 22;
        const uint ReplaceAndLeaveToReaders = 1 | 2;
        using var file = Open(source, ToRename, follows: false);
        if (file.IsInvalid)
            return Error();
        var name = Extended(target);
        // FILE_RENAME_INFO: flags, handle of a folder, bytes of the name, the name.
        var start = 2 * sizeof(nint) + sizeof(uint);
        var size = start + (name.Length + 1) * sizeof(char);
        var info = new byte[size];
        fixed (byte* bytes = info)
        {
            *(uint*)bytes = ReplaceAndLeaveToReaders;
            *(uint*)(bytes + 2 * sizeof(nint)) = (uint)(name.Length * sizeof(char));
            name.AsSpan().CopyTo(new Span<char>(bytes + start, name.Length));
            return SetFileInformationByHandle(file.DangerousGetHandle(), RenameInfoEx, bytes, (uint)size) != 0 ? 0 : Error();
        }
    }

    // On FAT the number goes with the name, and servers make numbers up.
    private static bool IsNumbered(IntPtr handle, uint serial)
    {
        const int Length = 16;
        var known = System.Threading.Volatile.Read(ref _volume);
        if (known != 0 && (uint)(known >> 2) == serial)
            return (known & 2) != 0;
        var name = stackalloc char[Length];
        var isNumbered = GetVolumeInformationByHandleW(handle, null, 0, null, null, null, name, Length) != 0
            && new string(name) is "NTFS" or "ReFS";
        System.Threading.Volatile.Write(ref _volume, (long)serial << 2 | (isNumbered ? 3L : 1L));
        return isNumbered;
    }

    private static SafeFileHandle Open(string path, uint access, bool follows, uint share = ShareAll)
    {
        fixed (char* name = Extended(path))
        {
            var flags = FoldersToo | (follows ? 0 : LinkItself);
            return new SafeFileHandle(CreateFileW(name, access, share, null, OpenExisting, flags, IntPtr.Zero), ownsHandle: true);
        }
    }

    private static string Extended(string path)
    {
        if (path.Length <= ShortPath || path.StartsWith(@"\\?\", StringComparison.Ordinal))
            return path;
        var full = Path.GetFullPath(path);
        return full.StartsWith(@"\\", StringComparison.Ordinal) ? @"\\?\UNC" + full.Remove(0, 1) : @"\\?\" + full;
    }

    private static ulong Pair(uint low, uint high) => (ulong)high << 32 | low;

    private static int Error() =>
#if NET
        Marshal.GetLastSystemError();
#else
        Marshal.GetLastWin32Error();
#endif

#pragma warning disable SYSLIB1054, CA2101, IDE1006 // As beside LibC: blittable, and the source generator is not there for .NET Standard.
    [DllImport("kernel32", SetLastError = KeepError, ExactSpelling = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern IntPtr CreateFileW(char* path, uint access, uint share, void* security, uint how, uint flags, IntPtr model);

    [DllImport("kernel32", SetLastError = KeepError, ExactSpelling = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int GetFileInformationByHandle(IntPtr file, uint* information);

    [DllImport("kernel32", SetLastError = KeepError, ExactSpelling = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int GetFileInformationByHandleEx(IntPtr file, int kind, void* information, uint size);

    [DllImport("kernel32", SetLastError = KeepError, ExactSpelling = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int SetFileInformationByHandle(IntPtr file, int kind, void* information, uint size);

    [DllImport("kernel32", SetLastError = KeepError, ExactSpelling = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int GetVolumeInformationByHandleW(IntPtr file, char* label, uint labelLength, uint* serial, uint* longest,
        uint* flags, char* name, uint nameLength);

    [DllImport("kernel32", SetLastError = KeepError, ExactSpelling = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern uint GetLongPathNameW(char* path, char* name, uint length);

    [DllImport("ntdll", ExactSpelling = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern uint RtlGetLastNtStatus();

    [DllImport("kernel32", SetLastError = KeepError, ExactSpelling = true), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int MoveFileExW(char* source, char* target, uint flags);
#pragma warning restore SYSLIB1054, CA2101, IDE1006
}
