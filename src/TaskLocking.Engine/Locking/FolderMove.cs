using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace TaskLocking.Locking;

/// <summary>
/// Gives a folder another name and never takes the place of what has it: <c>rename</c> alone would take that of an empty one.
/// </summary>
internal static unsafe class FolderMove
{
    private const int Here = -100; // AT_FDCWD
    private const uint WithoutReplacing = 1;
    private const int Unsupported = 22;
    private const int NoCall = 38;

    /// <summary>Moves it within a file system.</summary>
    /// <exception cref="TaskLockingException">What the system said; it was not moved.</exception>
    public static void Move(string from, string to)
    {
        if (LibC.IsLinux && TryMove(from, to) is var errno and not Unsupported and not NoCall)
        {
            if (errno != 0)
                throw IoRefusal.From(errno, to);
            return;
        }
        try
        {
            Directory.Move(from, to);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw IoRefusal.From(exception, to);
        }
    }

    private static int TryMove(string from, string to)
    {
        try
        {
            fixed (byte* source = Encoding.UTF8.GetBytes(from + '\0'), target = Encoding.UTF8.GetBytes(to + '\0'))
                return renameat2(Here, source, Here, target, WithoutReplacing) == 0 ? 0 : LibC.Errno();
        }
        catch (EntryPointNotFoundException)
        {
            return NoCall; // an older C library
        }
    }

#if NET
    private const bool KeepErrno = false;
#else
    private const bool KeepErrno = true;
#endif

#pragma warning disable SYSLIB1054, CA2101, IDE1006 // C's names; the source generator is not there for .NET Standard.
    [DllImport("libc", SetLastError = KeepErrno), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int renameat2(int fromFolder, byte* from, int toFolder, byte* to, uint flags);
#pragma warning restore SYSLIB1054, CA2101, IDE1006
}
