using System;
using System.Globalization;
using System.IO;
using TaskLocking.Locking;

namespace TaskLocking.Leases;

/// <summary>Processes as Linux tells them in <c>/proc</c>.</summary>
internal static class LinuxProcess
{
    private const int StateField = 3;
    private const int StartField = 22;

    // A process stays in its boot and in its pid namespace; a pid means something only there.
    private static readonly string? Boot = Read("/proc/sys/kernel/random/boot_id")?.Trim();
    private static readonly string Space = (FileStamp.Of("/proc/self/ns/pid")?.Inode ?? 0).ToString(CultureInfo.InvariantCulture);

    public static string? StartOf(int pid) => Boot is not null && Ticks(pid) is { } ticks ? Boot + "/" + Space + "/" + ticks : null;

    public static bool? IsAlive(int pid, string start)
    {
        var parts = start.Split('/');
        if (Boot is null || parts.Length != 3)
            return null;
        if (!string.Equals(parts[0], Boot, StringComparison.Ordinal))
            return false;
        if (!string.Equals(parts[1], Space, StringComparison.Ordinal))
            return null;
        if (!LibC.HasProcess(pid))
            return false;
        if (Ticks(pid) is { } ticks)
            return string.Equals(ticks, parts[2], StringComparison.Ordinal);
        // A zombie, or one that ended in between; else it is hidden from us, and may be anybody.
        return LibC.HasProcess(pid) && Stat(pid) is null ? null : false;
    }

    /// <summary>The start in ticks since boot; null for a zombie and for no process.</summary>
    private static string? Ticks(int pid)
    {
        // The name stands in brackets and may have anything in it, brackets too.
        if (Stat(pid) is not { } stat || stat.LastIndexOf(')') is var end && end < 0)
            return null;
        var fields = stat.Substring(end + 2).Split(' ');
        return fields.Length > StartField - StateField && fields[0] is not ("Z" or "X" or "x") ? fields[StartField - StateField] : null;
    }

    private static string? Stat(int pid) => Read("/proc/" + pid.ToString(CultureInfo.InvariantCulture) + "/stat");

    private static string? Read(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
