using System.ComponentModel;
using System.Diagnostics;
using TaskLocking.Cli.Output;
using TaskLocking.Diagnostics;
using TaskLocking.Locking;

namespace TaskLocking.Cli.Processes;

/// <summary>The command that runs under a lock: the same standard streams, the session and the workspace in its environment.</summary>
/// <param name="words">The command and its arguments.</param>
internal sealed class ChildCommand(string[] words)
{
    private const int NotFound = 127;
    private const int NotExecutable = 126;
    private const int NoEntry = 2;

    /// <summary>Runs it to its end and gives its exit code; 127 and 126 as shells have them when it cannot be started.</summary>
    public int Run(SignalRelay signals, LockSession session, string workspace, FailureReport failure)
    {
        var program = ProgramPath.Find(words[0]);
        if (program.Path is null)
            return Refuse(failure, program.Exists ? NotExecutable : NotFound);
        var info = new ProcessStartInfo(program.Path, words[1..]) { UseShellExecute = false };
        var inherited = info.Environment.TryGetValue(LockSession.Variable, out var ids) ? ids : null;
        info.Environment[LockSession.Variable] = string.IsNullOrEmpty(inherited) ? session.Id : session.Id + ";" + inherited;
        info.Environment[WorkspacePath.Variable] = workspace;
        try
        {
            using var process = signals.Start(info);
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (Win32Exception fault)
        {
            return Refuse(failure, fault.NativeErrorCode == NoEntry ? NotFound : NotExecutable);
        }
    }

    private int Refuse(FailureReport failure, int exitCode)
    {
        failure.Tell(new Refusal(RefusalCode.InvalidArgument, exitCode == NotFound
            ? $"The command '{words[0]}' was not found. Give a program of PATH or a path, for example: tasklock lock T-1 -- ./build.sh"
            : $"The command '{words[0]}' cannot be executed. Give it the right and a first line such as #!/bin/sh, "
                + $"or run it by its interpreter: tasklock lock T-1 -- sh {words[0]}"));
        return exitCode;
    }
}
