using System;
using System.Globalization;
using System.IO;
using TaskLocking.Locking;

namespace TaskLocking.Liveness;

/// <summary>What this process is on: the machine, its boot, and the pid namespace in it.</summary>
internal sealed class LinuxHost
{
    /// <summary>The pid namespace that the system itself runs in: from there every other one is seen.</summary>
    private const string FirstSpace = "4026531836";
    private const ulong FirstTime = 4026531834;

    private LinuxHost()
    {
        Machine = MachineOf("/etc/machine-id") ?? MachineOf("/var/lib/dbus/machine-id");
        Boot = LinuxProcess.Read("/proc/sys/kernel/random/boot_id")?.Trim() is { Length: > 0 } boot && boot.IndexOf('/') < 0 ? boot : null;
        Space = SpaceOf("/proc/self/ns/pid") ?? "0";
        // Where the time since boot is counted otherwise, starts are other numbers.
        if (FileStamp.Of("/proc/self/ns/time")?.Inode is { } time && time != FirstTime)
            (Space, HasOwnTime) = (Space + "t" + time.ToString(CultureInfo.InvariantCulture), true);
        HasOwnProc =
            Path.GetFileName(PlatformFile.ResolveLinks("/proc/self")) == ProcessIdentity.Pid.ToString(CultureInfo.InvariantCulture);
    }

    public static LinuxHost Current { get; } = new();

    /// <summary>Null where none has been given, as in many containers.</summary>
    public string? Machine { get; }

    public string? Boot { get; }

    /// <summary>The pid namespace, as text; with the time namespace where that is not the first.</summary>
    public string Space { get; }

    /// <summary>Whether the time since boot is counted otherwise here than on the machine.</summary>
    public bool HasOwnTime { get; }

    /// <summary>Whether <c>/proc</c> tells pids as this process knows them.</summary>
    public bool HasOwnProc { get; }

    /// <summary>Whether a pid namespace is the one that a system runs in, with whatever time.</summary>
    public static bool IsFirst(string space) => space.StartsWith(FirstSpace, StringComparison.Ordinal);

    /// <summary>Whether every process of the machine is seen: what is not there, is not.</summary>
    public bool SeesAll => Space == FirstSpace && HasOwnProc && LinuxProcess.Read("/proc/1/status") is not null;

    /// <summary>The namespace that a link of <c>/proc</c> leads to; null where one may not look.</summary>
    public static string? SpaceOf(string link) => FileStamp.Of(link)?.Inode.ToString(CultureInfo.InvariantCulture);

    /// <summary>When the machine was started, by its clock as it goes now; null if that cannot be told.</summary>
    public static DateTimeOffset? Booted() =>
        double.TryParse(LinuxProcess.Read("/proc/uptime")?.Split(' ')[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.UtcNow - TimeSpan.FromSeconds(seconds)
            : null;

    private static string? MachineOf(string file) =>
        LinuxProcess.Read(file)?.Trim() is { Length: > 0 and <= 64 } id && id != "uninitialized" && id.IndexOf('/') < 0 ? id : null;
}
