using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>The work on a task is finished.</summary>
/// <param name="Id">The task.</param>
/// <param name="Agent">Who finished it.</param>
public sealed record CompleteRequest(string Id, string Agent)
{
    /// <summary>"agent" or "human": only a person brings a task from Review to Done.</summary>
    public string Type { get; init; } = "agent";

    /// <summary>The claim's token; null: the agent's name decides.</summary>
    public long? Token { get; init; }

    /// <summary>A person shall look at it first, although the task does not ask for that.</summary>
    public bool ForReview { get; init; }

    /// <summary>What the work came to, 1 to 20,000 characters: a note of that kind on the task; null for none.</summary>
    public string? Result { get; init; }

    /// <summary>
    /// The processes of this host that ask: a claim of a living process is theirs only if they are that process or were started below it.
    /// None: the name alone decides.
    /// </summary>
    public IReadOnlyList<int> Callers { get; init => field = FixedList<int>.Of(value); } = [];

    /// <summary>Although another living process has the claim under this name.</summary>
    public bool Force { get; init; }
}
