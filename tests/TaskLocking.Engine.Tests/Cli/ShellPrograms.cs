using System;
using System.IO;
using System.Linq;

namespace TaskLocking.Tests.Cli;

/// <summary>The shells that are there.</summary>
internal static class ShellPrograms
{
    /// <summary>The PowerShell of the tests, or the one that TASKLOCKING_TEST_POWERSHELL names.</summary>
    public static string PowerShell { get; } = Environment.GetEnvironmentVariable("TASKLOCKING_TEST_POWERSHELL") is { Length: > 0 } named
        ? named : Home();

    /// <summary>Null where it is not installed.</summary>
    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    // The newest one that was made whole has a note beside it, which names its folder. One for Wine may be among them.
    private static string Home()
    {
        var homes = new DirectoryInfo(Path.Combine(Repository.Root, "tests", "TaskLocking.PowerShellHost", "bin", "home"));
        var program = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";
        return homes.EnumerateFiles("*.txt").OrderByDescending(file => file.LastWriteTimeUtc)
            .Select(note => Path.Combine(homes.FullName, File.ReadAllText(note.FullName).Trim(), program)).First(File.Exists);
    }
}
