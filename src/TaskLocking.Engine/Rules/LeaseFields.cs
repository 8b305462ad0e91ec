using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>
/// What a lease may be asked for with. Each check gives null, or what is wrong as a sentence with an example that is right.
/// </summary>
internal static class LeaseFields
{
    public static readonly TimeSpan ShortestTtl = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan LongestTtl = TimeSpan.FromDays(30);

    private const int MaxHostLength = 255;
    private const int MaxStartLength = 200;

    /// <summary>Who has the task already needs no name that could be given now.</summary>
    public static string? Agent(string? value, AgentTask? task) =>
        task is not null && task.Owner is { } owner && ClaimCheck.IsSame(owner, value) ? null
            : TaskFields.Label("The agent", value, "builder-1");

    /// <summary>The process; the agent is judged by itself.</summary>
    public static string? Process(LeaseHolder holder) =>
        (string.IsNullOrEmpty(holder.Host) ? null : TaskFields.Label("The host name", holder.Host, "build-07", MaxHostLength))
        ?? (holder.Pid is < 1 ? $"{holder.Pid} is no process id. Name a process that lives as long as the work, for example 4711, or none."
            : null)
        ?? (holder.ProcessStart is null ? null
            : TaskFields.Label("The start of the process", holder.ProcessStart, "as the system tells it", MaxStartLength))
        ?? Person.Fault(holder.Type);

    /// <summary>Who asks, in a state.</summary>
    /// <exception cref="TaskLockingException">NotPermitted for a person whom the board does not know.</exception>
    public static Worker Worker(ITaskState state, LeaseHolder holder)
    {
        var isPerson = Person.IsMeant(state, holder.Agent, holder.Type);
        if (isPerson && Person.Find(state, holder.Agent, isPerson: true) is null)
            throw new TaskLockingException(LifeRefusals.UnknownPerson(holder.Agent, state.FindAgent(holder.Agent)?.Type));
        return new Worker(holder.Agent, isPerson, Callers(holder));
    }

    /// <summary>The processes that ask for a lease: those that are told, and the one that shall work.</summary>
    public static IReadOnlyList<int> Callers(LeaseHolder holder) =>
        holder.Callers.Count == 0 || holder.Pid is not { } pid || holder.Callers.Contains(pid) ? holder.Callers : [pid, .. holder.Callers];

    public static string? Ttl(TimeSpan ttl) => ttl >= ShortestTtl && ttl <= LongestTtl
        ? null
        : $"A lease cannot hold for {ttl}. Give 1 s to 30 days, for example 30 minutes.";

    public static string? Count(int count) => count is >= 1 and <= AgentFields.MostTasks
        ? null
        : $"{count} tasks cannot be given at once. Ask for 1 to {AgentFields.MostTasks}, for example 3.";

    public static string? Overlap(FileOverlap value) =>
        value is FileOverlap.Deny or FileOverlap.Warn ? null : $"'{value}' is no way to treat an overlap. Use Deny or Warn.";
}
