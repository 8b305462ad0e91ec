using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using TaskLocking.Cli.Output;

namespace TaskLocking.Cli.Processes;

/// <summary>
/// The command that runs under a lock: the same standard streams and signals, the session and the workspace in its environment, and the
/// lock itself, which it keeps should this process be killed.
/// </summary>
/// <param name="words">The command and its arguments.</param>
/// <param name="bytes">The same as they were given; null where that is not known.</param>
internal sealed partial class ChildCommand(string[] words, byte[][]? bytes)
{
    private const int NotFound = 127;
    private const int NotExecutable = 126;

    /// <summary>Runs it to its end and gives its exit code; 127 and 126 as shells have them when it cannot be started.</summary>
    public int Run(SignalRelay signals, TaskHold hold, LockSession session, string workspace, FailureReport failure)
    {
        var errno = OperatingSystem.IsWindows()
            ? StartWindows(signals, hold, session, workspace)
            : StartUnix(signals, hold, session, workspace);
        if (errno != 0)
            return Refuse(failure, errno);
        var exitCode = signals.AwaitEnd();
        hold.TakeBack();
        return exitCode;
    }

    private static string Sessions(LockSession session, string? inherited) =>
        string.IsNullOrEmpty(inherited) ? session.Id : session.Id + ";" + inherited;

    private int StartUnix(SignalRelay signals, TaskHold hold, LockSession session, string workspace)
    {
        var environment = new CommandEnvironment();
        var inherited = environment[LockSession.Variable] is { } ids ? Encoding.UTF8.GetString(ids) : null;
        environment.Set(LockSession.Variable, Sessions(session, inherited));
        environment.Set(WorkspacePath.Variable, workspace);
        var command = new UnixCommand(bytes ?? Array.ConvertAll(words, Encoding.UTF8.GetBytes), environment);
        return Started(() => signals.Start(() => hold.HandTo(command.Start)));
    }

    private int StartWindows(SignalRelay signals, TaskHold hold, LockSession session, string workspace)
    {
        return Started(() => signals.Start(Process () =>
        {
            var info = WindowsCommand.Of(words);
            var inherited = info.Environment.TryGetValue(LockSession.Variable, out var ids) ? ids : null;
            info.Environment[LockSession.Variable] = Sessions(session, inherited);
            info.Environment[WorkspacePath.Variable] = workspace;
            Process? process = null;
            hold.HandTo(files =>
            {
                foreach (var file in files)
                    _ = SetHandleInformation(file, 1, 1);
                process = Process.Start(info)!;
                return process.Id;
            });
            return process!;
        }));
    }

    // 0, or the error by which it did not start.
    private static int Started(Action start)
    {
        try
        {
            start();
            return 0;
        }
        catch (Win32Exception fault)
        {
            return fault.NativeErrorCode;
        }
    }

    private int Refuse(FailureReport failure, int errno)
    {
        var exitCode = errno == UnixSpawn.NoEntry ? NotFound : NotExecutable; // One number on all systems.
        failure.Tell(new Refusal(RefusalCode.InvalidArgument, exitCode == NotFound
            ? $"The command '{words[0]}' was not found. Give a program of PATH or a path, for example: tasklock lock T-1 -- "
                + (OperatingSystem.IsWindows() ? @".\build.cmd" : "./build.sh")
            : $"The command '{words[0]}' cannot be executed ({Marshal.GetPInvokeErrorMessage(errno)}). "
                + (OperatingSystem.IsWindows()
                    ? $"Run it by its interpreter: tasklock lock T-1 -- pwsh -File {words[0]}"
                    : "Give it the right and a first line such as #!/bin/sh, "
                        + $"or run it by its interpreter: tasklock lock T-1 -- sh {words[0]}")));
        return exitCode;
    }

    // A handle that may be inherited, for the moment in which the one process is started.
    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetHandleInformation(SafeHandle file, uint mask, uint flags);
}
