namespace TaskLocking;

/// <summary>How much somebody has.</summary>
public sealed record AssigneeWorkload(string Type, string Name, int Open, int InProgress, int Total) : BoardObject
{
    /// <summary>"agent", "human" or "host".</summary>
    public string Type { get; } = Type;

    /// <summary>The name.</summary>
    public string Name { get; } = Name;

    /// <summary>Assigned tasks that are not done, cancelled or failed.</summary>
    public int Open { get; } = Open;

    /// <summary>Those of them in progress.</summary>
    public int InProgress { get; } = InProgress;

    /// <summary>All assigned tasks.</summary>
    public int Total { get; } = Total;
}
