using System;
using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>Take leases on files: all of them or none. What the agent has already is renewed.</summary>
/// <param name="Holder">The agent, and the process to judge it by.</param>
/// <param name="Paths">Paths and patterns ('*', '**', '?'), relative to the workspace or absolute.</param>
public sealed record FileLeaseRequest(LeaseHolder Holder, IReadOnlyList<string> Paths)
{
    /// <summary>The paths and patterns, as they were named.</summary>
    public IReadOnlyList<string> Paths { get; init => field = FixedList<string>.Of(value); } = FixedList<string>.Of(Paths);

    /// <summary>How long a lease holds when nobody says otherwise.</summary>
    public static readonly TimeSpan DefaultTtl = TimeSpan.FromMinutes(30);

    /// <summary>Others may share them too; nobody may have them for himself.</summary>
    public bool IsShared { get; init; }

    /// <summary>For how long, 1 s to 30 days.</summary>
    public TimeSpan Ttl { get; init; } = DefaultTtl;

    /// <summary>Although another living process has them under this name.</summary>
    public bool Force { get; init; }

    /// <summary>Take them in all working trees of the repository, or in the one alone that the paths lie in.</summary>
    public FileLeaseScope Scope { get; init; }

    /// <summary>That tree, see <see cref="FileLease.Worktree"/>; null: all.</summary>
    internal string? Worktree { get; init; }
}
