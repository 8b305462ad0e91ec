using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>
/// By what a change that takes a claim away may do so although the claim holds: a token, the process that works, the agent whose claim
/// names no process; or force.
/// </summary>
public sealed record ClaimProof
{
    /// <summary>Tokens of the claims that are meant; a task whose claim has none of them is refused. Empty: none is known.</summary>
    public IReadOnlyList<long> Tokens { get; init => field = FixedList<long>.Of(value); } = [];

    /// <summary>The agent in whose name it is done; null: nobody's.</summary>
    public string? Agent { get; init; }

    /// <summary>The processes of this host that ask; none: the name alone decides.</summary>
    public IReadOnlyList<int> Callers { get; init => field = FixedList<int>.Of(value); } = [];

    /// <summary>Whoever has the claim.</summary>
    public bool Force { get; init; }

    internal static ClaimProof None { get; } = new();
}
