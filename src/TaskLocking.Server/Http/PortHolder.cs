using System;
using System.Globalization;
using System.IO;
using System.Linq;

namespace TaskLocking.Server;

/// <summary>Who listens at a port, as far as the system tells; only Linux does.</summary>
internal static class PortHolder
{
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>As a part of a sentence: " by process 12 (nginx)"; empty where it is not known.</summary>
    public static string Of(int port)
    {
        try
        {
            return OperatingSystem.IsLinux() && Inode(port) is { } inode ? Process($"socket:[{inode}]") : "";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string? Inode(int port)
    {
        const string Listens = "0A";
        var ending = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        return Tables.Where(File.Exists).SelectMany(File.ReadLines)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length > 9 && fields[1].EndsWith(ending, StringComparison.Ordinal) && fields[3] == Listens)
            .Select(fields => fields[9]).FirstOrDefault();
    }

    private static string Process(string socket)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
        {
            try
            {
                if (Directory.EnumerateFileSystemEntries(folder + "/fd").Any(file => new FileInfo(file).LinkTarget == socket))
                    return $" by process {Path.GetFileName(folder)} ({File.ReadAllText(folder + "/comm").Trim()})";
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // It has ended, or is another user's.
            }
        }
        return "";
    }
}
