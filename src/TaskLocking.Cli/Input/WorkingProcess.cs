using System;
using System.Globalization;
using TaskLocking.Diagnostics;
using TaskLocking.Leases;

namespace TaskLocking.Cli.Input;

/// <summary>
/// The process by which a lease is judged: the one that is named, else TASKLOCKING_PID. Never this one, which ends before the work
/// begins: a lease in its name would be lost at once.
/// </summary>
internal static class WorkingProcess
{
    public const string Variable = "TASKLOCKING_PID";

    /// <summary>The agent with its process; 0 or nothing names none, and time alone judges.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument for what is no living process of this host.</exception>
    public static LeaseHolder Of(string agent, string? named)
    {
        var source = named is null ? Variable : "--pid";
        var text = named ?? EnvironmentText.Variable(Variable);
        if (string.IsNullOrEmpty(text))
            return new LeaseHolder(agent);
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
            throw Fault($"'{text}' ({source}) is no process id.");
        if (pid == 0)
            return new LeaseHolder(agent);
        return ProcessLiveness.StartOf(pid) is { } start
            ? new LeaseHolder(agent) { Host = Environment.MachineName, Pid = pid, ProcessStart = start }
            : throw Fault($"No process {pid} ({source}) lives on this host.");
    }

    private static TaskLockingException Fault(string sentence) => new(RefusalCode.InvalidArgument,
        $"{sentence} Name one that lives as long as the work, for example --pid $$ in a shell script, or --pid 0 for none.");
}
