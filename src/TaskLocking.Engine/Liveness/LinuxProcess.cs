using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using TaskLocking.Locking;

namespace TaskLocking.Liveness;

/// <summary>
/// Processes as Linux tells them in <c>/proc</c>. Machine and boot make a host, whatever its name; on it a pid means something in its pid
/// namespace alone. Those of namespaces below are seen from the first one, so there the end of a whole container is seen, too.
/// </summary>
internal static class LinuxProcess
{
    private const string NoMachine = "-";
    private const int StateField = 3;
    private const int ParentField = 4;
    private const int StartField = 22;
    private const int MostAncestors = 256;

    private static readonly LinuxHost Host = LinuxHost.Current;

    /// <summary><c>machine/boot/namespace/ticks</c>; null if there is no such process, or none that can be seen.</summary>
    public static string? StartOf(int pid) => Host.Boot is not null && Seen(pid) is { } seen && Ticks(seen) is { } ticks
        ? (Host.Machine ?? NoMachine) + "/" + Host.Boot + "/" + Host.Space + "/" + ticks
        : null;

    public static bool? IsAlive(int pid, string start) => IsOfThisHost(start, out var parts)
        ? parts[1] == Host.Space ? IsAliveHere(pid, parts[2]) : LinuxNamespace.IsAlive(parts[1], pid, parts[2])
        : IsOfContainer(start) ? LinuxNamespace.IsAlive(parts[1], pid, parts[2])
        : null;

    // A container may have a machine id of its own. Its boot is ours, and who sees all processes sees whether its namespace is still
    // there. The first namespace of another machine is that machine's, or of a copy of this one that was made while it ran.
    private static bool IsOfContainer(string start)
    {
        var told = start.Split('/');
        return told.Length == 4 && Host.Boot is not null && told[1] == Host.Boot && told[2] != Host.Space && LinuxHost.IsFirst(Host.Space)
            && !LinuxHost.IsFirst(told[2]);
    }

    /// <summary>
    /// Whether the machine has been started anew since a time at which a process of it was told by this start. What tells it is the machine
    /// with its name, and a time before this boot: a machine's copy would have to have its name, too.
    /// </summary>
    public static bool IsOfEarlierBoot(string host, string start, DateTimeOffset since)
    {
        var parts = start.Split('/');
        return parts.Length == 4 && Host.Machine is not null && parts[0] == Host.Machine && Host.Boot is not null && parts[1] != Host.Boot
            && string.Equals(host, Environment.MachineName, StringComparison.OrdinalIgnoreCase)
            && LinuxHost.Booted() is { } booted && since < booted;
    }

    /// <summary>Whether a process is this one or was started below it; false where that cannot be seen.</summary>
    public static bool IsBelow(int pid, int ancestor, string start)
    {
        if (!IsOfThisHost(start, out var parts) || parts[1] != Host.Space || Seen(ancestor) is not { } above || Ticks(above) != parts[2])
            return false;
        var (member, left) = (Seen(pid), MostAncestors);
        while (member is { } number && number != above && left-- > 0)
            member = ParentOf(number);
        return member == above;
    }

    /// <summary>
    /// The start in ticks since boot of the process that this <c>/proc</c> calls so; null for a zombie and for no process. A process whose
    /// first thread has ended looks like a zombie, but lives as long as another thread does.
    /// </summary>
    internal static string? Ticks(int seen) => Fields(Folder(seen)) is not { } fields ? null : Field(fields, StateField) switch
    {
        null or "X" or "x" => null,
        "Z" when !HasThread(seen) => null,
        _ => Field(fields, StartField),
    };

    /// <summary>Whether a process is among watched ones, by its start as a lease keeps it.</summary>
    internal static bool IsAmong(HashSet<string> watched, int pid, string start) =>
        IsOfThisHost(start, out var parts) && parts[1] == Host.Space && watched.Contains(WatchedProcesses.KeyOf(pid, parts[2]));

    internal static string? Read(string path)
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

    // An older start does not tell the machine; a boot is one machine's.
    private static bool IsOfThisHost(string start, out string[] parts)
    {
        parts = start.Split('/');
        if (parts.Length == 4)
        {
            var isOthers = Host.Machine is not null && parts[0] is not NoMachine && parts[0] != Host.Machine;
            parts = [parts[1], parts[2], parts[3]];
            if (isOthers)
                return false;
        }
        return parts.Length == 3 && Host.Boot is not null && string.Equals(parts[0], Host.Boot, StringComparison.Ordinal);
    }

    private static bool? IsAliveHere(int pid, string start)
    {
        if (WatchedProcesses.IsAlive(pid, start) is { } isAlive)
            return isAlive;
        if (!LibC.HasProcess(pid))
            return false;
        if (Seen(pid) is not { } seen)
            return null;
        if (Ticks(seen) is { } ticks)
        {
            var isIt = string.Equals(ticks, start, StringComparison.Ordinal);
            if (isIt && Host.HasOwnProc)
                WatchedProcesses.Saw(pid, start, Ticks);
            return isIt;
        }
        // A zombie, or one that ended in between; else it is hidden from us, and may be anybody.
        return LibC.HasProcess(pid) && Stat(Folder(seen)) is null ? null : false;
    }

    private static bool HasThread(int seen)
    {
        try
        {
            return Directory.EnumerateDirectories(Folder(seen) + "/task")
                .Any(thread => Field(Fields(thread), StateField) is not (null or "Z" or "X" or "x"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static int? ParentOf(int seen) =>
        int.TryParse(Field(Fields(Folder(seen)), ParentField), NumberStyles.None, CultureInfo.InvariantCulture, out var parent)
            && parent > 0 ? parent : null;

    // Whoever was put into a new namespace may still look at the old one's /proc, where his pids are others.
    private static int? Seen(int pid) => Host.HasOwnProc ? pid : LinuxNamespace.Find(Host.Space, pid);

    private static string? Field(string[]? fields, int number) => fields?.Length > number - StateField ? fields[number - StateField] : null;

    // From the state on.
    private static string[]? Fields(string folder)
    {
        // The name stands in brackets and may have anything in it, brackets too.
        if (Stat(folder) is not { } stat || stat.LastIndexOf(')') is var end && end < 0)
            return null;
        return stat.Substring(end + 2).Split(' ');
    }

    private static string? Stat(string folder) => Read(folder + "/stat");

    private static string Folder(int seen) => "/proc/" + seen.ToString(CultureInfo.InvariantCulture);
}
