using System;

namespace TaskLocking.Leases;

/// <summary>Prolong a claim from now on.</summary>
/// <param name="Id">The task.</param>
/// <param name="Agent">Who has it.</param>
public sealed record RenewRequest(string Id, string Agent)
{
    /// <summary>The claim's token; null: the agent's name decides.</summary>
    public long? Token { get; init; }

    /// <summary>For how long, 1 s to 30 days; null: as long as it was given for.</summary>
    public TimeSpan? Ttl { get; init; }
}
