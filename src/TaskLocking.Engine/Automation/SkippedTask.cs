namespace TaskLocking.Automation;

/// <summary>A ready task that a nightly run did not give away.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record SkippedTask(string TaskId, string Reason);
