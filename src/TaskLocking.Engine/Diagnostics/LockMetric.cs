namespace TaskLocking.Diagnostics;

/// <summary>What was counted for one resource, for one holder, or for all together.</summary>
/// <param name="Name">
/// A resource: "state" (the state lock), "task:ID" (a task, or its lock), "file:PATH", "topics:ROOT" (the lock of a root of topics); a holder: the agent, else who makes changes
/// (user@host). "(other)" gathers what was seldom when the list grew too long. Empty for the total.
/// </param>
/// <param name="Waits">Times until a lock was there; also those of waits that ended in a timeout.</param>
/// <param name="Holds">Times that a lock was held.</param>
/// <param name="Conflicts">Requests that somebody else stood in the way of: assigned, claimed, locked or changed meanwhile.</param>
/// <param name="Timeouts">Waits that ended without the lock.</param>
/// <param name="BrokenLeases">Leases that lapsed and were taken away, by whose they were.</param>
public sealed record LockMetric(string Name, DurationMetric Waits, DurationMetric Holds, long Conflicts, long Timeouts, long BrokenLeases);
