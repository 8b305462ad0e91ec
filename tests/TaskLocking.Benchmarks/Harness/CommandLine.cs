using System;
using System.Diagnostics;
using System.IO;

namespace TaskLocking.Benchmarks.Harness;

/// <summary>
/// The command <c>tasklock</c> as users get it, native where this machine can make it: published into the scratch folder when first needed.
/// </summary>
internal sealed class CommandLine(Scratch scratch)
{
    private string? _program;

    /// <summary>The start of <c>tasklock</c> on a workspace.</summary>
    public ProcessStartInfo Start(string workspace, params string[] arguments) => new(Program, ["--workspace", workspace, .. arguments]);

    /// <summary>The published executable.</summary>
    public string Program => _program ??= Publish();

    /// <summary>Whether it is native code and not ReadyToRun code, which has a file beside it.</summary>
    public bool IsNative => !File.Exists(Path.ChangeExtension(Program, ".dll"));

    /// <summary>The folder that has the solution, upward from the current one or from this program.</summary>
    public static string Repository => Upward(Environment.CurrentDirectory) ?? Upward(AppContext.BaseDirectory)
        ?? throw new InvalidOperationException("TaskLocking.sln is not here nor above: run the benchmark inside a checkout.");

    private string Publish()
    {
        Console.Error.WriteLine("publishing tasklock …");
        var folder = scratch.Folder("tasklock");
        Programs.Run("dotnet", "publish", Path.Combine(Repository, "src", "TaskLocking.Cli"), "-c", "Release",
            "--artifacts-path", scratch.Folder("build"), "-o", folder, "-v", "quiet", "--nologo");
        return Path.Combine(folder, OperatingSystem.IsWindows() ? "tasklock.exe" : "tasklock");
    }

    private static string? Upward(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "TaskLocking.sln")))
                return at.FullName;
        }
        return null;
    }
}
