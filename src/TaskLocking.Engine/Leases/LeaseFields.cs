using System;
using TaskLocking.Tasks;

namespace TaskLocking.Leases;

/// <summary>What a lease may be asked for with. Each check gives null, or what is wrong as a sentence with an example that is right.</summary>
internal static class LeaseFields
{
    public static readonly TimeSpan ShortestTtl = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan LongestTtl = TimeSpan.FromDays(30);

    private const int MaxHostLength = 255;
    private const int MaxStartLength = 200;

    /// <summary>Who has the task already needs no name that could be given now.</summary>
    public static string? Agent(string? value, AgentTask? task) =>
        task is not null && ClaimCheck.Owner(task) is { } owner && ClaimCheck.IsSame(owner, value) ? null
            : TaskFields.Label("The agent", value, "builder-1");

    /// <summary>The process; the agent is judged by itself.</summary>
    public static string? Process(LeaseHolder holder) =>
        (string.IsNullOrEmpty(holder.Host) ? null : TaskFields.Label("The host name", holder.Host, "build-07", MaxHostLength))
        ?? (holder.Pid is < 1 ? $"{holder.Pid} is no process id. Name a process that lives as long as the work, for example 4711, or none." : null)
        ?? (holder.ProcessStart is null ? null : TaskFields.Label("The start of the process", holder.ProcessStart, "as the system tells it", MaxStartLength));

    public static string? Ttl(TimeSpan ttl) => ttl >= ShortestTtl && ttl <= LongestTtl
        ? null
        : $"A lease cannot hold for {ttl}. Give 1 s to 30 days, for example 30 minutes.";

    public static string? Overlap(FileOverlap value) =>
        value is FileOverlap.Deny or FileOverlap.Warn ? null : $"'{value}' is no way to treat an overlap. Use Deny or Warn.";
}
