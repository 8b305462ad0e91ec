using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;

namespace TaskLocking.Cli.Processes;

/// <summary>
/// Another program in the place of this one: the same process, streams and folder, and the variables that this one began with.
/// </summary>
internal static unsafe class UnixExec
{
    private const int BrokenPipe = 13; // SIGPIPE, which the runtime ignores; what is ignored stays so in the next program.

    /// <summary>Comes back only where that cannot be, with the errno.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="words">Its name and arguments.</param>
    public static int Become(string program, IReadOnlyList<string> words)
    {
        using var path = new NativeWords([Encoding.UTF8.GetBytes(program)]);
        using var list = new NativeWords(words.Select(Encoding.UTF8.GetBytes).ToList());
        _ = signal(BrokenPipe, 0);
        _ = execv(path.Pointers[0], list.Pointers);
        return Marshal.GetLastSystemError();
    }

#pragma warning disable SYSLIB1054, CA2101, IDE1006 // C's names.
    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint signal(int signal, nint handler);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int execv(byte* path, byte** words);
#pragma warning restore SYSLIB1054, CA2101, IDE1006
}
