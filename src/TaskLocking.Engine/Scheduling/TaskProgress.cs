using System;
using System.Collections.Generic;
using TaskLocking.Tasks;

namespace TaskLocking.Scheduling;

/// <summary>How far a swarm is.</summary>
public sealed record TaskProgress
{
    /// <summary>The swarm; null: the whole workspace.</summary>
    public string? Swarm { get; init; }

    /// <summary>Done of all that is not cancelled, 0 to 100, to one decimal; 0 when there is nothing.</summary>
    public double Percent { get; init; }

    /// <summary>Done.</summary>
    public int Completed { get; init; }

    /// <summary>In Progress and Review.</summary>
    public int InProgress { get; init; }

    /// <summary>Todo and Blocked.</summary>
    public int Pending { get; init; }

    /// <summary>Failed.</summary>
    public int Failed { get; init; }

    /// <summary>All of the above; cancelled tasks do not count.</summary>
    public int Total { get; init; }

    /// <summary>How many could be taken now by somebody.</summary>
    public int Ready { get; init; }

    /// <summary>Counts by status, every status that occurs.</summary>
    public IReadOnlyDictionary<AgentTaskStatus, int> ByStatus { get; init; } = new Dictionary<AgentTaskStatus, int>();

    /// <summary>A circle of dependencies among or below its tasks; empty if there is none.</summary>
    public IReadOnlyList<string> Cycle { get; init; } = Array.Empty<string>();

    /// <summary>File leases that hold now, of the swarm's agents and tasks.</summary>
    public int ActiveLocks { get; init; }

    /// <summary>Their paths.</summary>
    public IReadOnlyList<string> LockedFiles { get; init; } = Array.Empty<string>();

    /// <summary>The failed tasks.</summary>
    public IReadOnlyList<string> FailedTaskIds { get; init; } = Array.Empty<string>();
}
