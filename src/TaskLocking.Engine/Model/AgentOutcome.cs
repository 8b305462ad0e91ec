namespace TaskLocking;

/// <summary>What became of one agent of a request.</summary>
public sealed record AgentOutcome(string Name, AgentProfile? Agent, Refusal? Refusal, bool Changed) : ValueObject
{
    /// <summary>The agent that was named.</summary>
    public string Name { get; } = Name;

    /// <summary>As it is registered now, or was; null when refused.</summary>
    public AgentProfile? Agent { get; } = Agent;

    /// <summary>Why it was refused; null on success.</summary>
    public Refusal? Refusal { get; } = Refusal;

    /// <summary>False when everything was already so.</summary>
    public bool Changed { get; } = Changed;
}
