using System;

namespace TaskLocking;

/// <summary>Somebody who holds a resource. What is told of him is a hint, which may be missing.</summary>
public sealed record ResourceUse(string Name, int Limit, string? Agent, int? Pid, string? Host, DateTimeOffset? Since, string? Doing)
    : BoardObject
{
    /// <summary>The resource.</summary>
    public string Name { get; } = Name;

    /// <summary>With how many he shares it at most, himself among them.</summary>
    public int Limit { get; } = Limit;

    /// <summary>The name that the holder gave.</summary>
    public string? Agent { get; } = Agent;

    /// <summary>The process, on its own host.</summary>
    public int? Pid { get; } = Pid;

    /// <summary>The holder's machine.</summary>
    public string? Host { get; } = Host;

    /// <summary>When he got it.</summary>
    public DateTimeOffset? Since { get; } = Since;

    /// <summary>What the holder said he does.</summary>
    public string? Doing { get; } = Doing;

    internal static ResourceUse Of(string name, int limit, LockHolder holder) =>
        new(name, limit, holder.Agent, holder.Pid, holder.Host, holder.Since, holder.Doing);

    internal LockHolder Holder => new(Pid, Agent, Host, Since, Doing);
}
