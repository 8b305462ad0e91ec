namespace TaskLocking;

/// <summary>A task to remove.</summary>
/// <param name="Id">The task.</param>
/// <param name="Force">Remove it although others depend on it, or somebody works on it.</param>
/// <param name="IfVersion">Refuse unless the task still has this version.</param>
public sealed record TaskRemoval(string Id, bool Force = false, long? IfVersion = null)
{
    /// <summary>What allows to end a claim that holds; forced it ends in any case.</summary>
    public ClaimProof? Proof { get; init; }
}
