using System;
using System.CommandLine;
using TaskLocking.Cli.Input;
using TaskLocking.Cli.Running;
using TaskLocking.Model;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Options;

/// <summary>Options of the commands that take, use or give back claims and leases, and how each is read.</summary>
internal static class LeaseOptions
{
    public const string AgentVariable = "TASKLOCKING_AGENT";

    public static Option<string> Agent(string description = "Who works.") =>
        new("--agent") { Description = $"{description} Else {AgentVariable}.", HelpName = "A" };

    public static Option<string> Pid() => new("--pid")
    {
        Description = "A process of this host that lives as long as the work: when it ends, the lease ends. "
            + $"Else {WorkingProcess.Variable}; 0 names none, and time alone judges.",
        HelpName = "P",
    };

    public static Option<string> Worker() => new("--pid")
    {
        Description =
            $"The process that works, where the claim names one and this command is not started by it. Else {WorkingProcess.Variable}.",
        HelpName = "P",
    };

    public static Option<string> Type() => new("--type")
    {
        Description = "human for a person; else agent, or what the name is registered as. A person and an agent of one name are two.",
        HelpName = "TYPE",
    };

    public static Option<bool> Force() => new("--force") { Description = "Although another living process works under this name." };

    public static Option<string> Ttl(string standard) => new("--ttl")
    {
        Description = $"How long it holds: 90, 90s, 30m, 4h, 2d; 1 s to 30 days. Default: {standard}.",
        HelpName = "T",
    };

    public static Option<string[]> Capabilities() => new("--capability")
    {
        Description = "What the agent can do, beside what it is registered for; may come several times.",
        HelpName = "C",
    };

    public static Option<string> OnOverlap() => new("--on-overlap")
    {
        Description = "When somebody else has the task's files: deny (the default) leaves the task, warn takes it and tells.",
        HelpName = "deny|warn",
    };

    /// <summary>Null if neither the option nor the environment names one.</summary>
    public static string? FindAgent(CommandRun run, Option<string> option)
    {
        var name = run.Value(option) ?? EnvironmentText.Variable(AgentVariable);
        return string.IsNullOrEmpty(name) ? null : name;
    }

    /// <exception cref="TaskLockingException">InvalidArgument when nobody is named.</exception>
    public static string NeedAgent(CommandRun run, Option<string> option, string example) => FindAgent(run, option)
        ?? throw new TaskLockingException(RefusalCode.InvalidArgument,
            $"Say who works, with --agent or {AgentVariable}. Example: {example}");

    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public static FileOverlap ReadOverlap(CommandRun run, Option<string> option) => run.Value(option)?.ToLowerInvariant() switch
    {
        null or "deny" => FileOverlap.Deny,
        "warn" => FileOverlap.Warn,
        _ => throw new TaskLockingException(RefusalCode.InvalidArgument,
            $"'{run.Value(option)}' is no way to treat an overlap. Give deny or warn, for example --on-overlap warn."),
    };

    /// <summary>The default when nothing is given.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public static TimeSpan ReadTtl(CommandRun run, Option<string> option, TimeSpan standard) =>
        Duration.Parse(run.Value(option), "--ttl 4h") ?? standard;
}
