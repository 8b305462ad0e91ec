using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace TaskLocking.PowerShell.Binding;

/// <summary>The process by which a lease is judged: this session's own, unless the command names another or none.</summary>
internal static class SessionHolder
{
    /// <summary>Who takes the lease.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="processId">A process of this host; 0: none, time alone judges; null: this one.</param>
    /// <param name="type">"human" for a person; null: as the name is registered.</param>
    /// <exception cref="TaskLockingException">InvalidArgument if there is no such process.</exception>
    public static LeaseHolder Of(string agent, int? processId, string? type = null)
    {
        var callers = Callers(processId);
        if (processId == 0)
            return new LeaseHolder(agent) { Type = type, Callers = callers };
        var pid = processId ?? OwnId();
        var start = ProcessLiveness.StartOf(pid) ?? throw new TaskLockingException(RefusalCode.InvalidArgument,
            $"No process of this host has the id {pid}. Name one that lives as long as the work, for example -ProcessId $PID, or 0 for " +
                "none.");
        return new LeaseHolder(agent) { Host = Environment.MachineName, Pid = pid, ProcessStart = start, Type = type, Callers = callers };
    }

    /// <summary>Who asks: the process that is named, and this session's.</summary>
    public static IReadOnlyList<int> Callers(int? processId) => processId is > 0 and { } pid ? [pid, OwnId()] : [OwnId()];

    private static int OwnId()
    {
        using var self = Process.GetCurrentProcess();
        return self.Id;
    }
}
