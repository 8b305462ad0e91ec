using System;
using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>Free leases on files: all of them or none. A path on which nobody has a lease is no error.</summary>
/// <param name="Agent">Whose leases.</param>
public sealed record FileUnlockRequest(string Agent)
{
    /// <summary>
    /// Paths and patterns as they were taken; empty: everything that the agent has, but for what other living processes have under its
    /// name.
    /// </summary>
    public IReadOnlyList<string> Paths { get; init => field = FixedList<string>.Of(value); } = [];

    /// <summary>Free the paths whoever has them; with none, what other processes have under the name, too.</summary>
    public bool Force { get; init; }

    /// <summary>Free them in all working trees of the repository, or in the one alone that the paths lie in.</summary>
    public FileLeaseScope Scope { get; init; }

    /// <summary>That tree, see <see cref="FileLease.Worktree"/>; null: all.</summary>
    internal string? Worktree { get; init; }

    /// <summary>"human" for a person; null: what the name is registered as, else an agent.</summary>
    public string? Type { get; init; }

    /// <summary>The processes of this host that ask, as with a claim; none: the name alone decides.</summary>
    public IReadOnlyList<int> Callers { get; init => field = FixedList<int>.Of(value); } = [];
}
