using System;
using System.Text;
using TaskLocking.Cli.Output;

namespace TaskLocking.Cli.Processes;

/// <summary>
/// Whether this process may open as many files as a command needs, the runtime's own among them, which it loads when they are first used:
/// one that it cannot open ends the process in the midst of what it does. So it is asked before anything is done.
/// </summary>
internal static class DescriptorRoom
{
    private const int Needed = 40;
    private const int NeededForMany = 64;
    private const int Plenty = 256;
    private const int StoreUnavailable = 10;

    /// <summary>Whether there are too few. To be asked after <see cref="StandardStream.Secure"/>.</summary>
    /// <param name="opensMany">Whether the command tries all files of a store, or starts this program again.</param>
    public static bool IsTooSmall(bool opensMany)
    {
        if (OperatingSystem.IsWindows())
            return false;
        return !IsFree(Plenty) && !CanOpen(opensMany ? NeededForMany : Needed);
    }

    /// <summary>Tells so, and gives the exit code; uses nothing that is not loaded by then.</summary>
    /// <param name="json">Whether as an object.</param>
    public static int Refuse(bool json)
    {
        const string Sentence = "Too few files can be opened (ulimit -n), so nothing was done. Allow 256.";
        _ = StandardStream.Error.TryWrite(Encoding.UTF8.GetBytes(json
            ? "{\"success\":false,\"code\":\"StoreUnavailable\",\"message\":\"" + Sentence + "\"}\n"
            : "tasklock: " + Sentence + "\n"));
        return StoreUnavailable;
    }

    // Mostly the first number that nobody needs so soon is free, and that is all that is asked. Linux is not asked by trying: a number so
    // high has the table of descriptors grow, and a process of several threads waits for that up to 10 ms.
    private static bool IsFree(int descriptor)
    {
        if (OperatingSystem.IsLinux())
            return UnixSystem.MostDescriptors() > (nuint)descriptor && UnixSystem.IsInherited(descriptor) is null;
        var high = UnixSystem.Duplicate(0, descriptor);
        if (high >= 0)
            UnixSystem.Close(high);
        return high == descriptor;
    }

    private static bool CanOpen(int needed)
    {
        Span<int> opened = stackalloc int[needed];
        var count = 0;
        while (count < needed && (opened[count] = UnixSystem.Duplicate(0, 0)) >= 0)
            count++;
        foreach (var descriptor in opened[..count])
            UnixSystem.Close(descriptor);
        return count == needed;
    }
}
