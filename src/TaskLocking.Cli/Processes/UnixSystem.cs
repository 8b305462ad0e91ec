using System;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

// Every signature is blittable: without the runtime's marshalling the calls are compiled ahead of time.
[assembly: DisableRuntimeMarshalling]

namespace TaskLocking.Cli.Processes;

/// <summary>The system calls of the command on Unix about descriptors: what .NET's console hides, or makes exceptions of.</summary>
internal static unsafe class UnixSystem
{
    public const int ForEver = -1;

    /// <summary>
    /// The most times one after the other that a call is made again which did nothing: a system that says so for ever is a fault of it.
    /// </summary>
    public const int MostRepeats = 10_000;

    private const int BadDescriptor = 9;
    private const int Slice = 20; // in milliseconds, between two looks at what else ends a wait

    private const int Interrupted = 4;
    private const short Readable = 1;
    private const short Writable = 4;

    // So much a pipe takes as one piece; POSIX promises less.
    private static readonly int PipeBuffer = OperatingSystem.IsLinux() ? 4096 : 512;
    private static readonly int WouldBlock = OperatingSystem.IsLinux() ? 11 : 35;
    private static readonly int CloseOnExec = OperatingSystem.IsLinux() ? 0x80000 : OperatingSystem.IsMacOS() ? 0x1000000 : 0x100000;
    private static readonly int NonBlocking = OperatingSystem.IsLinux() ? 0x800 : 4;

    /// <summary>Whether a command that is started inherits the descriptor; null if it is not open.</summary>
    public static bool? IsInherited(int descriptor)
    {
        const int GetFlags = 1;
        const int ClosesOnExec = 1;
        return fcntl(descriptor, GetFlags, 0) is var flags and >= 0 ? (flags & ClosesOnExec) == 0 : null;
    }

    /// <summary>
    /// Another descriptor for the same open file, no lower than a number, which no command inherits; negative if there is none to be had.
    /// </summary>
    public static int Duplicate(int descriptor, int lowest)
    {
        var duplicate = OperatingSystem.IsLinux() ? 1030 : OperatingSystem.IsMacOS() ? 67 : 17;
        return fcntl(descriptor, duplicate, lowest);
    }

    /// <summary>Linux: how many descriptors this process may have; 0 if the system does not tell.</summary>
    public static nuint MostDescriptors()
    {
        const int Descriptors = 7;
        // Two words; of eight bytes each with some C libraries, whatever a word has.
        var limits = stackalloc nuint[4];
        return getrlimit(Descriptors, limits) == 0 ? limits[0] : 0;
    }

    /// <summary>
    /// Opens a file for reading, which no command inherits, without waiting for the other end of a FIFO; negative errno if that fails.
    /// </summary>
    public static int OpenForReading(string path)
    {
        fixed (byte* bytes = Encoding.UTF8.GetBytes(path + '\0'))
            return Open(bytes, NonBlocking);
    }

    /// <summary>The path of the current folder in bytes; null if the system does not tell.</summary>
    public static byte[]? CurrentFolder()
    {
        const int Longest = 1 << 16;
        var space = new byte[Longest];
        fixed (byte* start = space)
            return getcwd(start, Longest) == null ? null : space[..Array.IndexOf(space, (byte)0)];
    }

    /// <summary>What a system call told, as .NET would.</summary>
    public static Exception Fault(int errno) => errno switch
    {
        2 or 20 => new FileNotFoundException(Marshal.GetPInvokeErrorMessage(errno)),
        1 or 13 => new UnauthorizedAccessException(Marshal.GetPInvokeErrorMessage(errno)),
        _ => new IOException(Marshal.GetPInvokeErrorMessage(errno), errno),
    };

    /// <summary>Puts a file without content at the lowest free descriptor; no command inherits it.</summary>
    public static int OpenNothing()
    {
        const int ReadWrite = 2;
        fixed (byte* path = "/dev/null\0"u8)
            return Open(path, ReadWrite);
    }

    /// <summary>Writes all of it, and waits for whoever reads: 0, or the errno.</summary>
    /// <param name="descriptor">Where to.</param>
    /// <param name="bytes">What.</param>
    /// <param name="patience">The longest wait for a reader in milliseconds; negative for ever.</param>
    /// <param name="isOver">Asked during a wait: whether it ends early. Null: it lasts, whatever comes.</param>
    public static int Write(int descriptor, ReadOnlySpan<byte> bytes, int patience = ForEver, Func<bool>? isOver = null)
    {
        var started = Environment.TickCount64;
        fixed (byte* start = bytes)
        {
            var repeats = MostRepeats;
            for (nint written = 0; written < bytes.Length;)
            {
                var length = bytes.Length - written;
                if (patience >= 0 || isOver is not null)
                {
                    if (!AwaitReader(descriptor, started, patience, isOver))
                        return WouldBlock;
                    // So much a pipe that can be written to takes at once, whoever reads.
                    length = Math.Min(length, PipeBuffer);
                }
                var count = write(descriptor, start + written, (nuint)length);
                if (count > 0)
                {
                    written += count;
                    repeats = MostRepeats;
                    continue;
                }
                // Nothing was taken and no reason told: a device that is full.
                if (count == 0)
                    return BadDescriptor;
                var errno = Marshal.GetLastSystemError();
                if (errno is not Interrupted && errno != WouldBlock || --repeats < 0)
                    return errno;
                if (errno == WouldBlock)
                    _ = Await(descriptor, Writable, patience < 0 && isOver is null ? ForEver : 1);
            }
        }
        return 0;
    }

    /// <summary>Reads once: the number of bytes, 0 at the end, or the negative errno; null if nothing came in time.</summary>
    /// <param name="descriptor">Where from.</param>
    /// <param name="buffer">Where to.</param>
    /// <param name="patience">The longest wait in milliseconds; negative for ever.</param>
    public static int? Read(int descriptor, Span<byte> buffer, int patience)
    {
        fixed (byte* start = buffer)
        {
            for (var repeats = MostRepeats; ; repeats--)
            {
                if (!Await(descriptor, Readable, patience))
                    return null;
                var count = read(descriptor, start, (nuint)buffer.Length);
                if (count >= 0)
                    return (int)count;
                if (Marshal.GetLastSystemError() is var errno && (errno != Interrupted && errno != WouldBlock || repeats == 0))
                    return -errno;
            }
        }
    }

    /// <summary>Whether nobody has the other end any more.</summary>
    public static bool IsBroken(int descriptor)
    {
        const short Error = 8;
        const short HangUp = 16;
        var item = new Polled { Descriptor = descriptor };
        return poll(&item, 1, 0) == 1 && (item.Happened & (Error | HangUp)) != 0;
    }

    public static void Close(int descriptor) => _ = close(descriptor);

    /// <summary>Opens a file for reading, or as the flags say; the descriptor, which no command inherits, or the negative errno.</summary>
    public static int Open(byte* path, int flags = 0)
    {
        for (var repeats = MostRepeats; ; repeats--)
        {
            // Two arguments only: with O_CREAT the mode would be variadic, which Apple's arm64 passes elsewhere.
            var descriptor = open(path, flags | CloseOnExec);
            if (descriptor >= 0)
                return descriptor;
            if (Marshal.GetLastSystemError() is var errno && (errno != Interrupted || repeats == 0))
                return -errno;
        }
    }

    // False at the deadline, or when it is over. Only who has to wait asks for that.
    private static bool AwaitReader(int descriptor, long started, int patience, Func<bool>? isOver)
    {
        for (var slice = 0; ; slice = Slice)
        {
            var left = patience < 0 ? Slice : (int)Math.Clamp(patience - (Environment.TickCount64 - started), 0, Slice);
            if (Await(descriptor, Writable, Math.Min(slice, left)))
                return true;
            if (left == 0 || isOver?.Invoke() == true)
                return false;
        }
    }

    // True as well for what is closed or broken: the read or write that follows tells.
    private static bool Await(int descriptor, short events, int patience)
    {
        var started = Environment.TickCount64;
        for (var repeats = MostRepeats; ; repeats--)
        {
            var left = patience < 0 ? patience : (int)Math.Max(0, patience - (Environment.TickCount64 - started));
            var item = new Polled { Descriptor = descriptor, Events = events };
            if (poll(&item, 1, left) is var count && count > 0)
                return true;
            if (count == 0)
                return false;
            if (Marshal.GetLastSystemError() != Interrupted || repeats == 0)
                return true;
        }
    }

    private struct Polled
    {
        public int Descriptor;
        public short Events;
        public short Happened;
    }

#pragma warning disable SYSLIB1054, CA2101, IDE1006 // C's names.
    // Variadic in C; Apple's arm64 finds the argument elsewhere, and takes none for the one call that is made there at every start.
    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fcntl(int descriptor, int command, nint argument);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int getrlimit(int resource, nuint* limits);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open(byte* path, int flags);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern byte* getcwd(byte* buffer, nuint size);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int close(int descriptor);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint write(int descriptor, byte* buffer, nuint size);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint read(int descriptor, byte* buffer, nuint size);

    // The number of descriptors is a word of another size on macOS; only one is ever asked about.
    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int poll(Polled* descriptors, nuint count, int timeout);
#pragma warning restore SYSLIB1054, CA2101, IDE1006
}
