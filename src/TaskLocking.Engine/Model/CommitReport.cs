using System;
using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>How a commit went, for those who want to see waits and holds.</summary>
public sealed record CommitReport(long Version, TimeSpan Waited, TimeSpan Held, bool Wrote) : ValueObject
{
    /// <summary>The version that the store has now.</summary>
    public long Version { get; } = Version;

    /// <summary>Time until the state lock was there, waits for held tasks included.</summary>
    public TimeSpan Waited { get; } = Waited;

    /// <summary>Time that the state lock was held.</summary>
    public TimeSpan Held { get; } = Held;

    /// <summary>False when there was nothing to change.</summary>
    public bool Wrote { get; } = Wrote;

    /// <summary>The request was served before, and the answer is that one: nothing was done again.</summary>
    public bool Replayed { get; internal init; }

    /// <summary>The todos that it has left long.</summary>
    internal IReadOnlyList<LongTodo> LongTodos { get; init; } = [];

    /// <summary>Leases that had lapsed and that the commit took away.</summary>
    public IReadOnlyList<MaintenanceItem> Ended { get; internal init => field = FixedList<MaintenanceItem>.Of(value); } = [];
}
