using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text.Json;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>The built <c>tasklock</c> in a folder of its own, as a user has it.</summary>
internal sealed class Command : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Where it is.</summary>
    public static readonly string Program = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory,
        "../../../../../src/TaskLocking.Cli/bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0",
        OperatingSystem.IsWindows() ? "tasklock.exe" : "tasklock"));

    public string Folder { get; } = Directory.CreateTempSubdirectory("tasklocking-command-").FullName;

    /// <summary>Variables of its environment.</summary>
    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    /// <summary>Runs it; the exit code, standard output and standard error.</summary>
    public (int ExitCode, string Output, string Error) Run(params string[] words)
    {
        using var process = Start(words);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        Assert.True(process.WaitForExit(Patience), "tasklock hangs");
        return (process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Starts it.</summary>
    public Process Start(params string[] words)
    {
        var start = new ProcessStartInfo(Program, words)
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in new[] { "TASKLOCKING_WORKSPACE", "TASKLOCKING_SESSION", "TASKLOCKING_AGENT" })
            start.Environment.Remove(name);
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Runs it; it has to end with 0. Its output is a JSON document.</summary>
    public JsonElement Json(params string[] words)
    {
        var (code, output, error) = Run([.. words, "--json"]);
        Assert.True(code == 0, error);
        return JsonDocument.Parse(output).RootElement;
    }

    /// <summary>Runs it; it has to end with 0.</summary>
    public string Done(params string[] words)
    {
        var (code, output, error) = Run(words);
        Assert.True(code == 0, error);
        return output;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
