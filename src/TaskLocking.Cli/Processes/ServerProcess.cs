using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Running;

namespace TaskLocking.Cli.Processes;

/// <summary>
/// The server, a program of its own beside this one, of which this one loads nothing. On Unix it takes this process over, so that signals,
/// streams and whoever started it are its own; on Windows it runs below this one.
/// </summary>
internal static class ServerProcess
{
    /// <summary>The folder beside the command, and the program in it.</summary>
    public const string Folder = "tasklock-server";

    private const int NotFound = 127;
    private const int NotExecutable = 126;

    /// <summary>Runs it to its end, with the workspace that is asked for; gives an exit code where it cannot be started.</summary>
    /// <param name="run">Where refusals go.</param>
    /// <param name="words">What it shall do.</param>
    public static int Run(CommandRun run, List<string> words)
    {
        var program = Path.Combine(AppContext.BaseDirectory, Folder, Folder + ".dll");
        if (!File.Exists(program))
        {
            return Refuse(run, NotFound, $"The server is not there: '{program}' is missing. It is published, packed and installed with the "
                + $"command; copy the folder {Folder} along with it.");
        }
        if (DotnetHost.Find() is not { } host)
        {
            return Refuse(run, NotFound, "The server needs the .NET 10 runtime with ASP.NET Core, and none was found (DOTNET_ROOT, PATH, "
                + "the usual folders). Get it from https://dotnet.microsoft.com/download, or the SDK, which has it.");
        }
        if (run.Value(GlobalOptions.Workspace) is { Length: > 0 } workspace)
            words.AddRange(["--workspace", workspace]);
        if (run.Json)
            words.Add(GlobalOptions.JsonName);
        return OperatingSystem.IsWindows() ? Below(host, program, words) : InPlace(run, host, [host, program, .. words]);
    }

    private static int InPlace(CommandRun run, string host, List<string> words)
    {
        var errno = UnixExec.Become(host, words);
        return Refuse(run, NotExecutable, $"'{host}' cannot be executed ({System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(
            errno)}), so the server was not started.");
    }

    private static int Below(string host, string program, List<string> words)
    {
        var info = new ProcessStartInfo(host) { UseShellExecute = false };
        info.ArgumentList.Add(program);
        words.ForEach(info.ArgumentList.Add);
        // Ctrl+C reaches both; this one waits for the other's farewell.
        Console.CancelKeyPress += static (_, pressed) => pressed.Cancel = true;
        using var process = Process.Start(info)!;
        process.WaitForExit();
        return process.ExitCode;
    }

    private static int Refuse(CommandRun run, int exitCode, string sentence)
    {
        run.Failure.Tell(new Refusal(RefusalCode.PathNotFound, sentence));
        return exitCode;
    }
}
