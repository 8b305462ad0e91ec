namespace TaskLocking;

/// <summary>A dependency on a task that is not there; it counts as not met.</summary>
public sealed record DanglingDependency(string TaskId, string Missing) : BoardObject
{
    /// <summary>The task that waits.</summary>
    public string TaskId { get; } = TaskId;

    /// <summary>The id that no task has.</summary>
    public string Missing { get; } = Missing;
}
