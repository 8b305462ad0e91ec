using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;

namespace TaskLocking.Cli.Processes;

/// <summary>This same program as a second process, whether it runs by its own executable or by <c>dotnet tasklock.dll</c>.</summary>
internal static class OwnProgram
{
    /// <summary>Holds the file until its standard input ends.</summary>
    public static ProcessStartInfo Start(string path) => With(FileHolder.Verb, path);

    /// <summary>Works for the stress protocol.</summary>
    public static ProcessStartInfo StartWorker(IReadOnlyList<string> order) => With([StressProcess.Verb, .. order]);

    private static ProcessStartInfo With(params string[] arguments)
    {
        var program = Environment.ProcessPath!;
        var info = new ProcessStartInfo(program) { UseShellExecute = false };
        if (string.Equals(Path.GetFileNameWithoutExtension(program), "dotnet", StringComparison.OrdinalIgnoreCase))
            info.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "tasklock.dll"));
        foreach (var argument in arguments)
            info.ArgumentList.Add(argument);
        return info;
    }
}
