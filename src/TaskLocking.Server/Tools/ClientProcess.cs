using System;
using System.Globalization;
using System.IO;

namespace TaskLocking.Server;

/// <summary>The process that started this server and speaks with it.</summary>
/// <param name="Pid">Its id.</param>
/// <param name="Start">When it started, as claims keep it.</param>
internal sealed record ClientProcess(int Pid, string Start)
{
    /// <summary>Null where the system does not tell, and where that is the first process of all, which adopts what others left.</summary>
    public static ClientProcess? Find()
    {
        // Elsewhere claims go by their time.
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            var text = File.ReadAllText("/proc/self/stat");
            // The name stands in brackets and may have any character.
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && pid > 1
                && ProcessLiveness.StartOf(pid) is { } start ? new ClientProcess(pid, start) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
