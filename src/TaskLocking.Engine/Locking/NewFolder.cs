using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace TaskLocking.Locking;

/// <summary>
/// Makes a folder and tells whether it was there, in one step of the system. .NET's own call does not fail on a folder that exists,
/// so two callers would both believe that they made it.
/// </summary>
internal static unsafe class NewFolder
{
    private const int Everybody = 0x1ff; // 0777, less what the umask takes away
#if NET
    private const bool KeepError = false;
#else
    private const bool KeepError = true;
#endif

    /// <summary>True if the folder was made, false if something with that name is there.</summary>
    /// <exception cref="TaskLockingException">DiskFull, AccessDenied, ReadOnlyFileSystem, PathNotFound, InvalidArgument
    /// (too long), StoreUnavailable. Nothing was made.</exception>
    public static bool TryMake(string path)
    {
        const int UnixExists = 17;
        const int WindowsExists = 183;
        var error = Make(path);
        if (error is 0)
            return true;
        if (error == (LibC.IsUnix ? UnixExists : WindowsExists))
            return false;
        throw LibC.IsUnix
            ? IoRefusal.From(error, path)
            : IoRefusal.From(Marshal.GetExceptionForHR(unchecked((int)0x80070000) | error)!, path);
    }

    /// <summary>Makes a folder and those above it where they are missing.</summary>
    /// <exception cref="TaskLockingException">As for <see cref="TryMake"/>; PathNotFound if a file is in the way.</exception>
    public static void Ensure(string path)
    {
        const int MissingParent = 2;
        const int WindowsMissingParent = 3;
        if (Make(path) == (LibC.IsUnix ? MissingParent : WindowsMissingParent) && Path.GetDirectoryName(path) is { } parent)
            Ensure(parent);
        // An existing folder may be answered by the name of another failure: a drive's root, a mount without the right to write.
        if (!Directory.Exists(path) && !TryMake(path) && !Directory.Exists(path))
            throw IoRefusal.From(new DirectoryNotFoundException(path), path);
    }

    private static int Make(string path)
    {
        if (!LibC.IsUnix)
        {
            fixed (char* name = path.Length < 248 || path.StartsWith(@"\\", System.StringComparison.Ordinal) ? path : @"\\?\" + path)
                return CreateDirectoryW(name, null) != 0 ? 0 : LastError();
        }
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
        {
            for (var repeats = LibC.MostRepeats; ; repeats--)
            {
                if (mkdir(name, Everybody) == 0)
                    return 0;
                if (LastError() is var error && (error != LibC.Interrupted || repeats == 0))
                    return error;
            }
        }
    }

    private static int LastError() =>
#if NET
        Marshal.GetLastSystemError();
#else
        Marshal.GetLastWin32Error();
#endif

#pragma warning disable SYSLIB1054, CA2101, IDE1006 // C's names; the source generator is not there for .NET Standard.
    [DllImport("libc", SetLastError = KeepError), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int mkdir(byte* path, uint mode);

    [DllImport("kernel32", SetLastError = KeepError), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int CreateDirectoryW(char* path, void* security);
#pragma warning restore SYSLIB1054, CA2101, IDE1006
}
