using System;
using TaskLocking.Tasks;

namespace TaskLocking.Leases;

/// <summary>What a request for a lease may say. Each check gives null, or what is wrong as a sentence with an example that is right.</summary>
internal static class LeaseFields
{
    private const int MaxHostLength = 255;

    public static string? Agent(string? value) => TaskFields.Label("The agent", value, "builder-1");

    public static string? Holder(LeaseHolder? holder)
    {
        if (holder is null)
            return "The holder is missing. Name the agent, for example builder-1.";
        if (Agent(holder.Agent) is { } fault)
            return fault;
        if (holder.Pid is <= 0)
            return $"{holder.Pid} is no process id. Name a process that lives as long as the work, for example 4711, or none.";
        return holder.Host is null ? null : TaskFields.Label("The host", holder.Host, "build-07", MaxHostLength);
    }

    public static string? Ttl(TimeSpan? value) =>
        value is { } ttl && (ttl < TimeSpan.FromSeconds(1) || ttl > TimeSpan.FromDays(30))
            ? $"A lease of {ttl.TotalSeconds:0.###} s is not given. Use 1 s to 30 days, for example 4h."
            : null;

    public static string? Overlap(FileOverlap value) =>
        value is FileOverlap.Deny or FileOverlap.Warn ? null : $"'{value}' is no way to treat an overlap. Use Deny or Warn.";
}
