using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading.Tasks;

namespace TaskLocking.Tests.Server;

/// <summary>The command as it was built, with the server beside it.</summary>
internal static class ServerCommand
{
    private static readonly string Folder = Path.Combine(Repository.Root, "src", "TaskLocking.Cli", "bin",
        AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug", "net10.0");

    public static string Program { get; } = Path.Combine(Folder, OperatingSystem.IsWindows() ? "tasklock.exe" : "tasklock");

    /// <summary>Started, with its streams in the hands of the test.</summary>
    public static Process Start(string workspace, params string[] words) => Start(workspace, null, words);

    public static Process Start(string workspace, IReadOnlyDictionary<string, string?>? variables, params string[] words)
    {
        var info = new ProcessStartInfo(Program, words)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = workspace,
        };
        info.Environment["TASKLOCKING_WORKSPACE"] = workspace;
        info.Environment.Remove("TASKLOCKING_AGENT");
        foreach (var (name, value) in variables ?? new Dictionary<string, string?>())
            info.Environment[name] = value;
        return Process.Start(info)!;
    }

    /// <summary>Run to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string workspace, params string[] words)
    {
        using var process = Start(workspace, words);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
