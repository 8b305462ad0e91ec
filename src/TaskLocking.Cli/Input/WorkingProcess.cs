using System;
using System.Collections.Generic;
using System.Globalization;

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
    public static LeaseHolder Of(string agent, string? named, string? type = null)
    {
        var process = Named(named);
        return new LeaseHolder(agent)
        {
            Host = process is null ? null : Environment.MachineName,
            Pid = process?.Pid,
            ProcessStart = process?.Start,
            Type = type,
            Callers = Callers(process?.Pid),
        };
    }

    /// <summary>Who asks where no lease is taken: the process that is named, and this command, which its worker started.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument for what is no process id.</exception>
    public static IReadOnlyList<int> Callers(string? named) => Callers(Number(named) is var (pid, _) && pid > 0 ? pid : null);

    // Only Linux tells what a process was started by; elsewhere a command that names none goes by its agent's name.
    private static IReadOnlyList<int> Callers(int? pid) =>
        pid is { } worker ? [worker, Environment.ProcessId] : OperatingSystem.IsLinux() ? [Environment.ProcessId] : [];

    private static (int Pid, string Start)? Named(string? named)
    {
        var (pid, source) = Number(named);
        if (pid == 0)
            return null;
        return ProcessLiveness.StartOf(pid) is { } start ? (pid, start) : throw Fault($"No process {pid} ({source}) lives on this host.");
    }

    // 0 where none is named.
    private static (int Pid, string Source) Number(string? named)
    {
        var source = named is null ? Variable : "--pid";
        var text = named ?? EnvironmentText.Variable(Variable);
        if (string.IsNullOrEmpty(text))
            return (0, source);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
            ? (pid, source)
            : throw Fault($"'{text}' ({source}) is no process id.");
    }

    private static TaskLockingException Fault(string sentence) => new(RefusalCode.InvalidArgument,
        $"{sentence} Name one that lives as long as the work, for example --pid $$ in a shell script, or --pid 0 for none.");
}
