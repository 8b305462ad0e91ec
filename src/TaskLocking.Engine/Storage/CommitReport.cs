using System;
using System.Collections.Generic;
using TaskLocking.Automation;

namespace TaskLocking.Storage;

/// <summary>How a commit went, for those who want to see waits and holds.</summary>
/// <param name="Version">The version that the store has now.</param>
/// <param name="Waited">Time until the state lock was there, waits for held tasks included.</param>
/// <param name="Held">Time that the state lock was held.</param>
/// <param name="Wrote">False when there was nothing to change.</param>
public sealed record CommitReport(long Version, TimeSpan Waited, TimeSpan Held, bool Wrote)
{
    /// <summary>Leases that had lapsed and that the commit took away.</summary>
    public IReadOnlyList<MaintenanceItem> Ended { get; init; } = [];
}
