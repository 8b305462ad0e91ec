namespace TaskLocking.Leases;

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
}
