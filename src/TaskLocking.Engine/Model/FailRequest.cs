using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>The work on a task failed.</summary>
/// <param name="Id">The task.</param>
/// <param name="Agent">Who worked on it.</param>
/// <param name="Reason">Why, 1 to 1,000 characters on one line.</param>
public sealed record FailRequest(string Id, string Agent, string Reason)
{
    /// <summary>The claim's token; null: the agent's name decides.</summary>
    public long? Token { get; init; }

    /// <summary>No further attempt, although the task has some left.</summary>
    public bool IsFinal { get; init; }

    /// <summary>What the work wrote last, kept with the failure: at most 4,000 characters in lines; null for nothing.</summary>
    public string? Output { get; init; }

    /// <summary>"human" for a person; null: what the name is registered as, else an agent.</summary>
    public string? Type { get; init; }

    /// <summary>
    /// The processes of this host that ask: a claim of a living process is theirs only if they are that process or were started below it.
    /// None: the name alone decides.
    /// </summary>
    public IReadOnlyList<int> Callers { get; init => field = FixedList<int>.Of(value); } = [];

    /// <summary>Although another living process has the claim under this name.</summary>
    public bool Force { get; init; }
}
