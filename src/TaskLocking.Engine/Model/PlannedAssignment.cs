namespace TaskLocking;

/// <summary>A task that a nightly run gave to somebody.</summary>
public sealed record PlannedAssignment(string TaskId, string TaskName, string Type, string Agent, int OpenTasks) : BoardObject
{
    /// <summary>The task.</summary>
    public string TaskId { get; } = TaskId;

    /// <summary>Its name.</summary>
    public string TaskName { get; } = TaskName;

    /// <summary>"agent" or "host".</summary>
    public string Type { get; } = Type;

    /// <summary>Who got it.</summary>
    public string Agent { get; } = Agent;

    /// <summary>How many open tasks that makes for him.</summary>
    public int OpenTasks { get; } = OpenTasks;
}
