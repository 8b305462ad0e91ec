namespace TaskLocking;

/// <summary>One thing that maintenance set right.</summary>
public sealed record MaintenanceItem(MaintenanceKind Kind, string Subject, string? Agent, string Message) : ValueObject
{
    /// <summary>What it was.</summary>
    public MaintenanceKind Kind { get; } = Kind;

    /// <summary>The task's id, or the path of a file lease.</summary>
    public string Subject { get; } = Subject;

    /// <summary>Whose it was; null if nobody's.</summary>
    public string? Agent { get; } = Agent;

    /// <summary>What was done, in a sentence.</summary>
    public string Message { get; } = TerminalText.Line(Message);
}
