using System;
using System.IO;

namespace TaskLocking.CrashStates.Trace;

/// <summary>What is recorded, as it was built last.</summary>
internal static class Programs
{
    /// <summary>The tests' worker, which is built into this program's own folder.</summary>
    public static string Worker { get; } = Path.Combine(AppContext.BaseDirectory, "TaskLocking.Stress");

    /// <summary>The command, of the same configuration and framework.</summary>
    public static string Command { get; } = FindCommand();

    private static string FindCommand()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var root = output.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(root, "src", "TaskLocking.Cli", "bin", output.Parent.Name, output.Name, "tasklock");
    }
}
