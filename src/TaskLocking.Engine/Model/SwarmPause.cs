using System;

namespace TaskLocking.Model;

/// <summary>A swarm whose tasks are not given out for now.</summary>
internal sealed record SwarmPause(string Swarm, DateTimeOffset Since, string By, string? Reason)
{
    public string Swarm { get; } = Swarm;

    public DateTimeOffset Since { get; } = Since;

    public string By { get; } = By;

    public string? Reason { get; } = Reason;
}
