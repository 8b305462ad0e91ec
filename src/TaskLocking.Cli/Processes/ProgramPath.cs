using System;
using System.IO;

namespace TaskLocking.Cli.Processes;

/// <summary>
/// Where a program is, as a shell finds it: a name with a slash is a path, any other is searched in PATH alone. (<c>Process.Start</c>
/// would look beside this executable and in the current folder first.)
/// </summary>
internal static class ProgramPath
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The path to start, or null and whether there is at least a file that cannot be executed.</summary>
    public static (string? Path, bool Exists) Find(string name)
    {
        if (OperatingSystem.IsWindows())
            return (name, true);
        if (name.Contains('/'))
            return Judge(Path.GetFullPath(name));
        var exists = false;
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin").Split(':'))
        {
            // An empty entry is the current folder.
            var found = Judge(Path.GetFullPath(Path.Combine(folder.Length == 0 ? "." : folder, name)));
            if (found.Path is not null)
                return found;
            exists |= found.Exists;
        }
        return (null, exists);
    }

    private static (string? Path, bool Exists) Judge(string path)
    {
        if (Directory.Exists(path))
            return (null, path.Length > 0);
        if (!File.Exists(path))
            return (null, false);
        return OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Executable) != UnixFileMode.None ? (path, true) : (null, true);
    }
}
