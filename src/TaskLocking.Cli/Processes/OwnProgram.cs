using System;
using System.Diagnostics;
using System.IO;

namespace TaskLocking.Cli.Processes;

/// <summary>This same program as a second process, whether it runs by its own executable or by <c>dotnet tasklock.dll</c>.</summary>
internal static class OwnProgram
{
    /// <summary>Holds the file until its standard input ends.</summary>
    public static ProcessStartInfo Start(string path)
    {
        var program = Environment.ProcessPath!;
        var info = new ProcessStartInfo(program) { UseShellExecute = false };
        if (string.Equals(Path.GetFileNameWithoutExtension(program), "dotnet", StringComparison.OrdinalIgnoreCase))
            info.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "tasklock.dll"));
        info.ArgumentList.Add(FileHolder.Verb);
        info.ArgumentList.Add(path);
        return info;
    }
}
