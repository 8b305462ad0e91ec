using System;
using System.Runtime.InteropServices;
using System.Text;

namespace TaskLocking.Locking;

/// <summary>
/// Opens files by descriptors and follows no link on the last two parts of a path, the file and its folder: whoever can write there could
/// send us anywhere. Never waits for the other end of a FIFO. Beside <see cref="LibC"/> a place with Unix constants, to be called on Unix.
/// </summary>
/// <remarks>
/// On Linux one call looks at the whole path (openat2, from 5.6 on). Where a link stands above the folder, and where the system has no such
/// call or forbids it, the folder is opened by itself: two calls more, the same answer.
/// </remarks>
internal static unsafe class LibCFile
{
    public const int Exists = 17;

    private const int IoError = 5;

    private const int NotPermitted = 1;
    private const int NoSuchCall = 38;
    private const int TooManyLinks = 40;
    private const int ReadWrite = 2;
    private const int CurrentFolder = -100;

#if NET
    private const bool KeepErrno = false;
#else
    private const bool KeepErrno = true;
#endif

    // A path up to here is handed over on the stack.
    private const int ShortPath = 512;

    private static readonly bool HasOldNumbers = RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64;
    private static readonly int NoFollow = !LibC.IsLinux ? 0x100 : HasOldNumbers ? 0x8000 : 0x20000;
    private static readonly int FolderOnly = LibC.IsMacOS ? 0x100000 : !LibC.IsLinux ? 0x20000 : HasOldNumbers ? 0x4000 : 0x10000;
    private static readonly int PathOnly = LibC.IsLinux ? 0x200000 : 0;
    private static readonly int NonBlocking = LibC.IsLinux ? 0x800 : 4;
    private static readonly int Large = !LibC.IsLinux || IntPtr.Size == 8 ? 0 : HasOldNumbers ? 0x20000 : 0x8000;

    private static volatile bool _lacksOpenAt2 = !LibC.IsLinux;

    /// <summary>Opens what is there, a folder only for reading; the descriptor, or the negative errno.</summary>
    public static int Open(string path, bool write) => Open(path, (write ? ReadWrite : 0) | NonBlocking, mode: 0);

    /// <summary>Linux only: makes a file that is not there, for reading and writing; the descriptor, or the negative errno.</summary>
    public static int Create(string path, int mode)
    {
        const int CreateNew = 0x40 | 0x80;
        return Open(path, ReadWrite | CreateNew, mode);
    }

    /// <summary>
    /// Whether anybody has a file open to write to it, its name gone or not; null where the system does not tell: it is not Linux, a share,
    /// or another user's file. The file is open for reading only.
    /// </summary>
    public static bool? IsOpenToWrite(int descriptor)
    {
        const int SetSignal = 10;
        const int SetLease = 1024;
        const int Reading = 0;
        const int Nothing = 2;
        const int Urgent = 23;
        if (!LibC.IsLinux)
            return null;
        // A lease on reading is given while nobody has it open to write. Who opens it so in the same moment is held up until the lease is
        // given back, and we are sent a signal: one that does nothing.
        _ = LibC.Control(descriptor, SetSignal, Urgent);
        if (LibC.Control(descriptor, SetLease, Reading) is var errno and not 0)
            return errno == LibC.WouldBlock ? true : null;
        _ = LibC.Control(descriptor, SetLease, Nothing);
        return false;
    }

    /// <summary>
    /// Whether <see cref="Write"/>, <see cref="Read"/>, <see cref="SetLength"/> can be called: Linux with eight bytes a word. .NET's own
    /// make a call again for ever that was interrupted, or took nothing.
    /// </summary>
    public static bool HasPlaces { get; } = LibC.IsLinux && IntPtr.Size == 8;

    /// <summary>
    /// Writes all of it at a place; 0, or the errno. Where nothing is taken and no reason told, that is an error of the disk.
    /// </summary>
    public static int Write(int descriptor, ReadOnlySpan<byte> bytes, long offset)
    {
        byte nothing = 0;
        fixed (byte* first = bytes)
        {
            var start = first is null ? &nothing : first; // A call that writes nothing is made all the same: it is a rehearsal.
            var repeats = LibC.MostRepeats;
            nint written = 0;
            do
            {
                var count = pwrite(descriptor, start + written, (nuint)(bytes.Length - written), (nint)(offset + written));
                var errno = count < 0 ? LibC.Errno() : IoError;
                if (count > 0)
                    (written, repeats) = (written + count, LibC.MostRepeats);
                else if ((count < 0 && errno != LibC.Interrupted) || --repeats < 0)
                    return errno;
            }
            while (written < bytes.Length);
        }
        return 0;
    }

    /// <summary>Reads once at a place; the number of bytes, 0 at the end, or the negative errno.</summary>
    public static int Read(int descriptor, Span<byte> bytes, long offset)
    {
        fixed (byte* start = bytes)
        {
            for (var repeats = LibC.MostRepeats; ; repeats--)
            {
                var count = pread(descriptor, start, (nuint)bytes.Length, (nint)offset);
                if (count >= 0)
                    return (int)count;
                if (LibC.Errno() is var errno && (errno != LibC.Interrupted || repeats == 0))
                    return -errno;
            }
        }
    }

    /// <summary>Cuts or lengthens an open file: 0, or the errno.</summary>
    public static int SetLength(int descriptor, long length)
    {
        for (var repeats = LibC.MostRepeats; ; repeats--)
        {
            if (ftruncate(descriptor, (nint)length) == 0)
                return 0;
            if (LibC.Errno() is var errno && (errno != LibC.Interrupted || repeats == 0))
                return errno;
        }
    }

    /// <summary>Puts a file in the place of what has the other name: 0, or the errno.</summary>
    public static int Rename(string source, string target)
    {
        fixed (byte* from = Encoding.UTF8.GetBytes(source + '\0'), to = Encoding.UTF8.GetBytes(target + '\0'))
        {
            for (var repeats = LibC.MostRepeats; ; repeats--)
            {
                if (rename(from, to) == 0)
                    return 0;
                if (LibC.Errno() is var errno && (errno != LibC.Interrupted || repeats == 0))
                    return errno;
            }
        }
    }

    /// <summary>Takes a file's name away: 0, or the errno.</summary>
    public static int Delete(string path)
    {
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
        {
            for (var repeats = LibC.MostRepeats; ; repeats--)
            {
                if (unlink(name) == 0)
                    return 0;
                if (LibC.Errno() is var errno && (errno != LibC.Interrupted || repeats == 0))
                    return errno;
            }
        }
    }

    private static int Open(string path, int flags, int mode)
    {
        var size = path.Length * 3 + 1;
        var space = stackalloc byte[ShortPath];
        fixed (byte* longer = size <= ShortPath ? null : new byte[size])
        fixed (char* text = path)
        {
            var name = longer is null ? space : longer;
            var length = Encoding.UTF8.GetBytes(text, path.Length, name, size);
            name[length] = 0;
            return Open(name, length, flags | NoFollow | Large | LibC.CloseOnExec, mode);
        }
    }

    private static int Open(byte* name, int length, int flags, int mode)
    {
        if (_lacksOpenAt2)
            return OpenByFolder(name, length, flags, mode);
        var descriptor = OpenWithoutLinks(name, flags, mode);
        if (descriptor is not (-TooManyLinks or -NotPermitted or -NoSuchCall))
            return descriptor;
        var again = OpenByFolder(name, length, flags, mode);
        // What is truly refused is refused again; an old container refuses the call, not the file.
        _lacksOpenAt2 = descriptor == -NoSuchCall || (descriptor == -NotPermitted && again != -NotPermitted);
        return again;
    }

    private static int OpenWithoutLinks(byte* name, int flags, int mode)
    {
        const nint OpenAt2 = 437; // on every processor
        const ulong NoLinks = 4;
        // struct open_how: flags, mode, resolve
        var how = stackalloc ulong[3];
        (how[0], how[1], how[2]) = ((uint)flags, (uint)mode, NoLinks);
        for (var repeats = LibC.MostRepeats; ; repeats--)
        {
            if (syscall(OpenAt2, CurrentFolder, name, how, 3 * sizeof(ulong)) is var descriptor && descriptor >= 0)
                return (int)descriptor;
            if (LibC.Errno() is var errno && (errno != LibC.Interrupted || repeats == 0))
                return -errno;
        }
    }

    private static int OpenByFolder(byte* name, int length, int flags, int mode)
    {
        var mark = length - 1;
        while (mark > 0 && name[mark] != '/')
            mark--;
        if (mark <= 0)
            return OpenAt(CurrentFolder, name, flags, mode);
        name[mark] = 0;
        var folder = OpenAt(CurrentFolder, name, PathOnly | FolderOnly | NoFollow | LibC.CloseOnExec, mode: 0);
        name[mark] = (byte)'/';
        if (folder < 0)
            return folder;
        var descriptor = OpenAt(folder, name + mark + 1, flags, mode);
        LibC.Close(folder);
        return descriptor;
    }

    private static int OpenAt(int folder, byte* name, int flags, int mode)
    {
        for (var repeats = LibC.MostRepeats; ; repeats--)
        {
            var descriptor = openat(folder, name, flags, mode);
            if (descriptor >= 0)
                return descriptor;
            if (LibC.Errno() is var errno && (errno != LibC.Interrupted || repeats == 0))
                return -errno;
        }
    }

#pragma warning disable SYSLIB1054, CA2101, IDE1006 // C's names; the source generator is not there for .NET Standard.
    // Variadic in C, which Linux passes like any other argument; the others never read the mode, for nothing is made there.
    [DllImport("libc", SetLastError = KeepErrno), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int openat(int folder, byte* path, int flags, int mode);

    // Where a word has eight bytes; elsewhere the offset has other names.
    [DllImport("libc", SetLastError = KeepErrno), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint pwrite(int descriptor, byte* buffer, nuint size, nint offset);

    [DllImport("libc", SetLastError = KeepErrno), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint pread(int descriptor, byte* buffer, nuint size, nint offset);

    [DllImport("libc", SetLastError = KeepErrno), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ftruncate(int descriptor, nint length);

    [DllImport("libc", SetLastError = KeepErrno), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int rename(byte* source, byte* target);

    [DllImport("libc", SetLastError = KeepErrno), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int unlink(byte* path);

    // An assembler stub that takes its arguments like any other.
    [DllImport("libc", SetLastError = KeepErrno), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint syscall(nint number, nint folder, byte* path, ulong* how, nint size);
#pragma warning restore SYSLIB1054, CA2101, IDE1006
}
