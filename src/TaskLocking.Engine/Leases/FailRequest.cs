namespace TaskLocking.Leases;

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
}
