using System;

namespace TaskLocking;

/// <summary>How a swarm is: whether its tasks are given out, and how many of each kind there are.</summary>
public sealed record SwarmStatus(string Swarm, bool IsPaused, DateTimeOffset? PausedSince, string? PausedBy, string? Reason, int Total,
    int Done, int InProgress, int Open) : BoardObject
{
    /// <summary>The swarm.</summary>
    public string Swarm { get; } = Swarm;

    /// <summary>Whether its tasks are not given out; those that are in progress go on.</summary>
    public bool IsPaused { get; } = IsPaused;

    /// <summary>Since when; null where it is not paused.</summary>
    public DateTimeOffset? PausedSince { get; } = PausedSince;

    /// <summary>Who paused it.</summary>
    public string? PausedBy { get; } = PausedBy;

    /// <summary>Why; null if nobody told.</summary>
    public string? Reason { get; } = Reason;

    /// <summary>How many tasks it has.</summary>
    public int Total { get; } = Total;

    /// <summary>How many of them are done.</summary>
    public int Done { get; } = Done;

    /// <summary>How many are in progress.</summary>
    public int InProgress { get; } = InProgress;

    /// <summary>How many are in Todo or Blocked.</summary>
    public int Open { get; } = Open;
}
