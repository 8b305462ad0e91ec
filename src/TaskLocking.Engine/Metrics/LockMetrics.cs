using System;
using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>
/// Contention over all processes of a workspace. Each process tells about once a second and when it ends; one that is killed may take the
/// last second with it.
/// </summary>
public sealed record LockMetrics(LockMetric Total) : BoardObject
{
    /// <summary>When the first of it was recorded; null when nothing was.</summary>
    public DateTimeOffset? Since { get; internal init; }

    /// <summary>When the last of it was recorded.</summary>
    public DateTimeOffset? Until { get; internal init; }

    /// <summary>All together.</summary>
    public LockMetric Total { get; } = Total;

    /// <summary>By resource, longest waits together first.</summary>
    public IReadOnlyList<LockMetric> Resources { get; internal init => field = FixedList<LockMetric>.Of(value); } = [];

    /// <summary>By who waited, held, was refused or lost a lease, longest waits together first.</summary>
    public IReadOnlyList<LockMetric> Holders { get; internal init => field = FixedList<LockMetric>.Of(value); } = [];
}
