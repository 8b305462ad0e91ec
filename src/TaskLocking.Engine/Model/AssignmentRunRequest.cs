using System;
using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>One nightly run: maintenance first, then ready, background-capable tasks to the agents with the fewest open tasks.</summary>
public sealed record AssignmentRunRequest
{
    /// <summary>At most so many open tasks an agent, 1 to 1,000; an agent that is registered for fewer keeps to those.</summary>
    public int MaxPerAgent { get; init; } = 5;

    /// <summary>At most so many open assigned tasks of these agents together, 1 to 10,000.</summary>
    public int MaxParallel { get; init; } = 10;

    /// <summary>Only tasks of this swarm; null: of any and of none.</summary>
    public string? Swarm { get; init; }

    /// <summary>The agents that may get tasks; empty: every registered agent that is no person.</summary>
    public IReadOnlyList<string> Agents { get; init => field = FixedList<string>.Of(value); } = [];

    /// <summary>Moves tasks to the archive that were closed so long ago, or longer, as the last thing; from 0. Null: none.</summary>
    public TimeSpan? ArchiveAfter { get; init; }

    /// <summary>Tell what would be done, and change nothing.</summary>
    public bool WhatIf { get; init; }
}
