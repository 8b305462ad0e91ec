using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace TaskLocking.Liveness;

/// <summary>
/// Processes of other pid namespaces, found among those that <c>/proc</c> shows: a process there has a number in each namespace down to its
/// own. What is not found is gone only where every process is seen. It reads a file a process, and only for leases from other namespaces.
/// </summary>
internal static class LinuxNamespace
{
    /// <summary>Whether the process that has this pid in its own namespace lives.</summary>
    /// <param name="space">Its namespace.</param>
    /// <param name="pid">Its number there.</param>
    /// <param name="ticks">Its start.</param>
    public static bool? IsAlive(string space, int pid, string ticks)
    {
        // Of a time that is counted otherwise the start is another number here.
        if (!space.All(letter => letter is >= '0' and <= '9') || LinuxHost.Current.HasOwnTime)
            return null;
        foreach (var seen in Called(pid))
        {
            if (LinuxProcess.Ticks(seen) == ticks && (SpaceOf(seen) is not { } its || its == space))
                return true;
        }
        return LinuxHost.Current.SeesAll ? false : null;
    }

    /// <summary>What <c>/proc</c> calls the process of this pid in this namespace; null if it cannot be told.</summary>
    public static int? Find(string space, int pid)
    {
        foreach (var seen in Called(pid))
        {
            if (SpaceOf(seen) == space)
                return seen;
        }
        return null;
    }

    private static string? SpaceOf(int seen) => LinuxHost.SpaceOf("/proc/" + seen.ToString(CultureInfo.InvariantCulture) + "/ns/pid");

    private static IEnumerable<int> Called(int pid)
    {
        var number = pid.ToString(CultureInfo.InvariantCulture);
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var seen)
                && OwnNumber(folder) == number)
            {
                yield return seen;
            }
        }
    }

    // "NSpid:	4711	7": the last one is its number in its own namespace.
    private static string? OwnNumber(string folder)
    {
        const string Name = "\nNSpid:";
        if (LinuxProcess.Read(folder + "/status") is not { } status || status.IndexOf(Name, StringComparison.Ordinal) is var at && at < 0)
            return null;
        var line = status.Substring(at + Name.Length, status.IndexOf('\n', at + 1) - at - Name.Length);
        return line.Substring(line.LastIndexOf('\t') + 1);
    }
}
