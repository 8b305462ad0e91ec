using System;
using System.Collections.Generic;

namespace TaskLocking.Diagnostics;

/// <summary>
/// Contention over all processes of a workspace. Each process tells about once a second and when it ends; one that is killed may take the
/// last second with it.
/// </summary>
public sealed record LockMetrics
{
    /// <summary>When the first of it was recorded; null when nothing was.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When the last of it was recorded.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>All together.</summary>
    public required LockMetric Total { get; init; }

    /// <summary>By resource, longest waits together first.</summary>
    public IReadOnlyList<LockMetric> Resources { get; init; } = [];

    /// <summary>By who waited, held, was refused or lost a lease, longest waits together first.</summary>
    public IReadOnlyList<LockMetric> Holders { get; init; } = [];
}
