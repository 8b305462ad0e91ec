namespace TaskLocking;

/// <summary>An agent to take out.</summary>
/// <param name="Name">The agent.</param>
/// <param name="Force">Although it has claims: its tasks go back to the queue, its file leases are freed.</param>
public sealed record AgentRemoval(string Name, bool Force = false)
{
    /// <summary>"human" for the person of that name, "agent" or "host" for the other; null where only one is registered.</summary>
    public string? Type { get; init; }
}
