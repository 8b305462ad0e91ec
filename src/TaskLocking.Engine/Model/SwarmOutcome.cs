using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>What became of one swarm of a request.</summary>
public sealed record SwarmOutcome(string Swarm, Refusal? Refusal, bool Changed, IReadOnlyList<string> Cancelled,
    IReadOnlyList<string> LeftRunning) : BoardObject
{
    /// <summary>The swarm that was named.</summary>
    public string Swarm { get; } = Swarm;

    /// <summary>Why it was refused; null on success.</summary>
    public Refusal? Refusal { get; } = Refusal;

    /// <summary>False when everything was already so.</summary>
    public bool Changed { get; } = Changed;

    /// <summary>The tasks that were cancelled, those of other swarms that depend on them among them, in document order.</summary>
    public IReadOnlyList<string> Cancelled { get; } = FixedList<string>.Of(Cancelled);

    /// <summary>The tasks that somebody works on and that were therefore left alone.</summary>
    public IReadOnlyList<string> LeftRunning { get; } = FixedList<string>.Of(LeftRunning);
}
