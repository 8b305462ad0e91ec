using System;
using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>Prolong a claim from now on.</summary>
/// <param name="Id">The task.</param>
/// <param name="Agent">Who has it.</param>
public sealed record RenewRequest(string Id, string Agent)
{
    /// <summary>The claim's token; null: the agent's name decides.</summary>
    public long? Token { get; init; }

    /// <summary>For how long, 1 s to 30 days; null: as long as it was given for.</summary>
    public TimeSpan? Ttl { get; init; }

    /// <summary>"human" for a person; null: what the name is registered as, else an agent.</summary>
    public string? Type { get; init; }

    /// <summary>The host of <see cref="Pid"/>; null where no process is named.</summary>
    public string? Host { get; init; }

    /// <summary>
    /// The process that goes on with the work and that the claim names from now on; null: the one that it names, or none where that is
    /// gone.
    /// </summary>
    public int? Pid { get; init; }

    /// <summary>When that process started, as <see cref="ProcessLiveness.StartOf"/> tells it.</summary>
    public string? ProcessStart { get; init; }

    /// <summary>
    /// The processes of this host that ask: a claim of a living process is theirs only if they are that process or were started below it.
    /// None: the name alone decides.
    /// </summary>
    public IReadOnlyList<int> Callers { get; init => field = FixedList<int>.Of(value); } = [];

    /// <summary>Although another living process has the claim under this name.</summary>
    public bool Force { get; init; }
}
