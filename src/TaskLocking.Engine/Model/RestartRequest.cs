namespace TaskLocking;

/// <summary>Put a task back into the queue by hand: its failure, attempts and strikes are forgotten, those it blocked wait again.</summary>
/// <param name="Id">The task.</param>
public sealed record RestartRequest(string Id)
{
    /// <summary>Take it from whoever works on it, or open a task again that is done.</summary>
    public bool Force { get; init; }

    /// <summary>Refuse unless the task still has this version.</summary>
    public long? IfVersion { get; init; }
}
