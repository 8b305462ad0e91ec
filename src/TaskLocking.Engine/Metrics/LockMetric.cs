namespace TaskLocking;

/// <summary>What was counted for one resource, for one holder, or for all together.</summary>
public sealed record LockMetric(string Name, DurationMetric Waits, DurationMetric Holds, long Conflicts, long Timeouts, long BrokenLeases)
    : BoardObject
{
    /// <summary>
    /// A resource: "state" (the state lock), "task:ID" (a task, or its lock), "file:PATH", "topics:ROOT" (the lock of a root of topics); a
    /// holder: the agent, else who makes changes (user@host). "(other)" gathers what was seldom when the list grew too long. Empty for the
    /// total.
    /// </summary>
    public string Name { get; } = Name;

    /// <summary>Times until a lock was there; also those of waits that ended in a timeout.</summary>
    public DurationMetric Waits { get; } = Waits;

    /// <summary>Times that a lock was held.</summary>
    public DurationMetric Holds { get; } = Holds;

    /// <summary>Requests that somebody else stood in the way of: assigned, claimed, locked or changed meanwhile.</summary>
    public long Conflicts { get; } = Conflicts;

    /// <summary>Waits that ended without the lock.</summary>
    public long Timeouts { get; } = Timeouts;

    /// <summary>Leases that lapsed and were taken away, by whose they were.</summary>
    public long BrokenLeases { get; } = BrokenLeases;
}
