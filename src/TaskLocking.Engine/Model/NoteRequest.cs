namespace TaskLocking;

/// <summary>Something to leave on a task: for whoever works on it next, on what depends on it, or looks at it.</summary>
/// <param name="Id">The task.</param>
/// <param name="Text">1 to 20,000 characters; kept without control characters but for lines and tabs.</param>
public sealed record NoteRequest(string Id, string Text)
{
    /// <summary>"note", or "result": what the work came to.</summary>
    public string Kind { get; init; } = "note";

    /// <summary>Refuse unless the task still has this version.</summary>
    public long? IfVersion { get; init; }
}
