using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace TaskLocking.Cli.Processes;

/// <summary>
/// Starts and awaits a process as a shell does, with words and variables in bytes. .NET would hand on its own treatment of signals (SIGPIPE
/// stays ignored) and text that it had to read as UTF-8, and could hand on no open file.
/// </summary>
internal static unsafe class UnixSpawn
{
    public const int NoEntry = 2;

    // Larger than the structures of any C library; on macOS they are pointers.
    private const int Room = 1024;

    private const int Interrupted = 4;
    private const int BrokenPipe = 13; // SIGPIPE
    private const short SetGroup = 2;
    private const short SetDefaults = 4;

    /// <summary>Starts a program; its process id, or the negative errno.</summary>
    /// <param name="program">Where it is.</param>
    /// <param name="words">Its name and arguments.</param>
    /// <param name="environment">Its variables: <c>NAME=value</c>.</param>
    /// <param name="files">Descriptors that it inherits, and the numbers that they have there.</param>
    /// <param name="group">The process group that it joins; 0: one of its own; null: that of this process.</param>
    public static int Start(
        byte[] program, IReadOnlyList<byte[]> words, IReadOnlyList<byte[]> environment, IReadOnlyList<(int Own, int There)> files,
        int? group = null)
    {
        var actions = stackalloc byte[Room];
        var attributes = stackalloc byte[Room];
        var defaults = stackalloc byte[Room];
        using var list = new NativeWords(words);
        using var variables = new NativeWords(environment);
        using var path = new NativeWords([program]);
        _ = posix_spawn_file_actions_init(actions);
        _ = posix_spawnattr_init(attributes);
        try
        {
            // The runtime ignores it, and what is ignored stays so in a new program. What it handles by itself is at its default there
            // anyway.
            _ = sigemptyset(defaults);
            _ = sigaddset(defaults, BrokenPipe);
            // Two that glibc keeps for itself it would leave ignored, and lets nobody add them.
            if (OperatingSystem.IsLinux())
                *(ulong*)defaults |= 3UL << 31;
            _ = posix_spawnattr_setsigdefault(attributes, defaults);
            _ = posix_spawnattr_setflags(attributes, group is null ? SetDefaults : (short)(SetDefaults | SetGroup));
            if (group is { } joined)
                _ = posix_spawnattr_setpgroup(attributes, joined);
            foreach (var (own, there) in files)
                _ = posix_spawn_file_actions_adddup2(actions, own, there);
            int pid;
            var errno = posix_spawn(&pid, path.Pointers[0], actions, attributes, list.Pointers, variables.Pointers);
            return errno == 0 ? pid : -errno;
        }
        finally
        {
            _ = posix_spawn_file_actions_destroy(actions);
            _ = posix_spawnattr_destroy(attributes);
        }
    }

    /// <summary>Waits until the process has ended. Its id stays its own until <see cref="Reap"/>.</summary>
    public static void Await(int pid)
    {
        const int OneProcess = 1;
        const int Ended = 4;
        var leaveIt = OperatingSystem.IsMacOS() ? 0x20 : 0x1000000;
        var space = stackalloc byte[Room];
        for (var repeats = UnixSystem.MostRepeats; repeats > 0; repeats--)
        {
            if (waitid(OneProcess, (uint)pid, space, Ended | leaveIt) == 0 || Marshal.GetLastSystemError() != Interrupted)
                return;
        }
    }

    /// <summary>The exit code as shells have it: 128 and the number of the signal that ended it.</summary>
    public static int Reap(int pid)
    {
        var status = 0;
        var answer = -1;
        for (var repeats = UnixSystem.MostRepeats; repeats > 0 && answer < 0; repeats--)
        {
            answer = waitpid(pid, &status, 0);
            if (answer < 0 && Marshal.GetLastSystemError() != Interrupted)
                break;
        }
        if (answer != pid)
            return 1;
        var signal = status & 0x7f;
        return signal == 0 ? status >> 8 & 0xff : 128 + signal;
    }

    /// <summary>Sends a signal.</summary>
    public static void Signal(int pid, int signal) => _ = kill(pid, signal);

    /// <summary>Sends a signal to all processes of a group.</summary>
    public static void SignalGroup(int group, int signal) => _ = kill(-group, signal);

    /// <summary>Does with this process what a signal does that nobody handles, before it returns.</summary>
    public static void Suffer(int signal) => _ = raise(signal);

    /// <summary>Whether this process was started with a signal ignored, as nohup does. To be asked before anything handles it.</summary>
    public static bool IsIgnored(int signal)
    {
        // The handler is the first member of struct sigaction; SIG_IGN is 1.
        var action = stackalloc byte[Room];
        return sigaction(signal, null, action) == 0 && *(nint*)action == 1;
    }

    /// <summary>Whether the terminal that this process belongs to sends what is typed to this process and those that it starts.</summary>
    public static bool IsInForeground()
    {
        fixed (byte* path = "/dev/tty\0"u8)
        {
            var terminal = UnixSystem.Open(path);
            if (terminal < 0)
                return false;
            var isOurs = tcgetpgrp(terminal) == getpgrp();
            UnixSystem.Close(terminal);
            return isOurs;
        }
    }

    /// <summary>Lets the end of a process be awaited where this one was started so that the system forgets it at once.</summary>
    public static void KeepEnded()
    {
        var signal = OperatingSystem.IsMacOS() ? 20 : 17; // SIGCHLD
        if (IsIgnored(signal))
            _ = UnixSpawn.signal(signal, 0);
    }

#pragma warning disable SYSLIB1054, CA2101, IDE1006 // C's names.
    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int posix_spawn(int* pid, byte* path, byte* actions, byte* attributes, byte** words, byte** environment);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int posix_spawn_file_actions_init(byte* actions);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int posix_spawn_file_actions_destroy(byte* actions);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int posix_spawn_file_actions_adddup2(byte* actions, int own, int there);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int posix_spawnattr_init(byte* attributes);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int posix_spawnattr_destroy(byte* attributes);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int posix_spawnattr_setsigdefault(byte* attributes, byte* signals);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int posix_spawnattr_setflags(byte* attributes, short flags);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int posix_spawnattr_setpgroup(byte* attributes, int group);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int sigemptyset(byte* signals);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int sigaddset(byte* signals, int signal);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int sigaction(int signal, byte* action, byte* before);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint signal(int signal, nint handler);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int waitid(int kind, uint id, byte* information, int options);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int waitpid(int pid, int* status, int options);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int pid, int signal);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int raise(int signal);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int tcgetpgrp(int descriptor);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int getpgrp();
#pragma warning restore SYSLIB1054, CA2101, IDE1006
}
