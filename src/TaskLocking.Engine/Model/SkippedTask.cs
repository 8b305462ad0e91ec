namespace TaskLocking;

/// <summary>A ready task that a nightly run did not give away.</summary>
public sealed record SkippedTask(string TaskId, string Reason) : BoardObject
{
    /// <summary>The task.</summary>
    public string TaskId { get; } = TaskId;

    /// <summary>Why, in a sentence.</summary>
    public string Reason { get; } = TerminalText.Line(Reason);
}
