using System;
using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>Find the best ready tasks that this agent may do, and claim them.</summary>
/// <param name="Holder">The agent, and the process that works.</param>
public sealed record TaskRequest(LeaseHolder Holder)
{
    /// <summary>How long a claim holds when nobody says otherwise.</summary>
    public static readonly TimeSpan DefaultTtl = TimeSpan.FromHours(4);

    /// <summary>What the agent can do, beside what it is registered for.</summary>
    public IReadOnlyList<string> Capabilities { get; init => field = FixedList<string>.Of(value); } = [];

    /// <summary>Only tasks of this swarm; null: of any and of none.</summary>
    public string? Swarm { get; init; }

    /// <summary>Only tasks with all of these tags.</summary>
    public IReadOnlyList<string> Tags { get; init => field = FixedList<string>.Of(value); } = [];

    /// <summary>For how long, 1 s to 30 days.</summary>
    public TimeSpan Ttl { get; init; } = DefaultTtl;

    /// <summary>What to do about a task whose files somebody else has: pass it over, or claim it all the same and tell.</summary>
    public FileOverlap OnOverlap { get; init; }

    /// <summary>Begin the work in the same commit: the tasks are then in progress.</summary>
    public bool Start { get; init; }

    /// <summary>At most so many tasks in one commit, 1 to 1,000; fewer where fewer are free, or where the agent may have no more.</summary>
    public int Count { get; init; } = 1;
}
