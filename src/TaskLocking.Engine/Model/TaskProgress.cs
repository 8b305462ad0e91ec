using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>How far a swarm is.</summary>
public sealed record TaskProgress : BoardObject
{
    /// <summary>The swarm; null: the whole workspace.</summary>
    public string? Swarm { get; internal init; }

    /// <summary>The task whose children, and theirs, are counted; null where it is about a swarm or the workspace.</summary>
    public string? Parent { get; internal init; }

    /// <summary>Done of all that is not cancelled, 0 to 100, to one decimal; 0 when there is nothing.</summary>
    public double Percent { get; internal init; }

    /// <summary>Done.</summary>
    public int Completed { get; internal init; }

    /// <summary>In Progress and Review.</summary>
    public int InProgress { get; internal init; }

    /// <summary>Todo and Blocked.</summary>
    public int Pending { get; internal init; }

    /// <summary>Failed.</summary>
    public int Failed { get; internal init; }

    /// <summary>All of the above; cancelled tasks do not count.</summary>
    public int Total { get; internal init; }

    /// <summary>How many could be taken now by somebody.</summary>
    public int Ready { get; internal init; }

    /// <summary>Counts by status, every status that occurs.</summary>
    public IReadOnlyDictionary<AgentTaskStatus, int> ByStatus
    {
        get;
        internal init => field = new ReadOnlyDictionary<AgentTaskStatus, int>(value.ToDictionary(count => count.Key, count => count.Value));
    }
    = new ReadOnlyDictionary<AgentTaskStatus, int>(new Dictionary<AgentTaskStatus, int>());

    /// <summary>A circle of dependencies among or below its tasks; empty if there is none.</summary>
    public IReadOnlyList<string> Cycle { get; internal init => field = FixedList<string>.Of(value); } = [];

    /// <summary>
    /// Its tasks that will not be done as things stand, with why: what they wait for will not come, or nobody can take them.
    /// </summary>
    public IReadOnlyList<StuckTask> Stuck { get; internal init => field = FixedList<StuckTask>.Of(value); } = [];

    /// <summary>File leases that hold now, of the swarm's agents and tasks.</summary>
    public int ActiveLocks { get; internal init; }

    /// <summary>Their paths.</summary>
    public IReadOnlyList<string> LockedFiles { get; internal init => field = FixedList<string>.Of(value); } = [];

    /// <summary>The failed tasks.</summary>
    public IReadOnlyList<string> FailedTaskIds { get; internal init => field = FixedList<string>.Of(value); } = [];

    private protected override BoardObject Parts(string workspace) => this with { Stuck = In(Stuck, workspace) };
}
