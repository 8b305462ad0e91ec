using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using TaskLocking.Liveness;
using TaskLocking.Locking;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>
/// Asks this host's own system. A process is its pid and its start, so a pid that is used again is another process. On Linux the start is
/// told by the kernel's ticks since boot, which no clock moves, with what they belong to: <c>machine/boot/namespace/ticks</c>. So a host is
/// its machine id and its boot there, and its name is for people. Elsewhere the start is a time in ticks of 100 ns, UTC, and the name
/// counts.
/// </summary>
public sealed class ProcessLiveness : ILiveness, IProcessKin, IProcessWatch
{
    private ProcessLiveness()
    {
    }

    /// <summary>The host that this process runs on.</summary>
    public static ProcessLiveness OfThisHost { get; } = new();

    /// <summary>The name by which leases know this host.</summary>
    public static string HostName { get; } = Environment.MachineName;

    /// <inheritdoc/>
    public bool? IsAlive(string? host, int? pid, string? processStart)
    {
        // Without its start a pid is nobody for sure.
        if (pid is not > 0 || string.IsNullOrEmpty(processStart) || host is null)
            return null;
        if (LibC.IsLinux)
            return LinuxProcess.IsAlive(pid.Value, processStart!);
        return string.Equals(host, HostName, StringComparison.OrdinalIgnoreCase) ? IsAliveHere(pid.Value, processStart!) : null;
    }

    /// <inheritdoc/>
    ILiveness IProcessWatch.Look() => LibC.IsLinux && WatchedProcesses.Look() is { } living ? ProcessMoment.Of(living, this) : this;

    /// <inheritdoc/>
    bool IProcessKin.IsBelow(int pid, int ancestor, string start) =>
        LibC.IsLinux ? LinuxProcess.IsBelow(pid, ancestor, start) : pid == ancestor
            && string.Equals(StartOf(pid), start, StringComparison.Ordinal);

    /// <inheritdoc/>
    bool IProcessKin.IsOfEarlierBoot(string host, string start, DateTimeOffset since) =>
        LibC.IsLinux && LinuxProcess.IsOfEarlierBoot(host, start, since);

    /// <summary>
    /// Why a claim does not hold any more, by this host's clock and processes; null while it does, as far as can be told.
    /// </summary>
    public LeaseEnd? EndOf(TaskClaim claim) => LeaseTerm.End(claim, DateTimeOffset.UtcNow, this);

    /// <summary>
    /// When a process of this host started, in the system's own words; null if there is no such process, or none that can be seen.
    /// </summary>
    /// <param name="pid">Greater than 0, as this process sees it.</param>
    public static string? StartOf(int pid)
    {
        if (pid <= 0)
            return null;
        if (LibC.IsLinux)
            return LinuxProcess.StartOf(pid);
        return StartHere(pid, out _);
    }

    private static bool? IsAliveHere(int pid, string processStart)
    {
        var start = StartHere(pid, out var isThere);
        return !isThere ? false : start is null ? null : string.Equals(start, processStart, StringComparison.Ordinal);
    }

    private static string? StartHere(int pid, out bool isThere)
    {
        isThere = false;
        try
        {
            using var process = Process.GetProcessById(pid);
            isThere = true;
            if (process.HasExited)
            {
                isThere = false;
                return null;
            }
            return process.StartTime.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture);
        }
        catch (ArgumentException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            isThere = false; // It ended in between.
            return null;
        }
        catch (Win32Exception)
        {
            return null; // Somebody else's, and we may not look.
        }
    }
}
