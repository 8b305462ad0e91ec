using System;
using System.Collections.Generic;

namespace TaskLocking.Leases;

/// <summary>Free leases on files: all of them or none. A path on which nobody has a lease is no error.</summary>
/// <param name="Agent">Whose leases.</param>
public sealed record FileUnlockRequest(string Agent)
{
    /// <summary>Paths and patterns as they were taken; empty: everything that the agent has.</summary>
    public IReadOnlyList<string> Paths { get; init => field = FixedList<string>.Of(value); } = [];

    /// <summary>Free the paths whoever has them.</summary>
    public bool Force { get; init; }
}
