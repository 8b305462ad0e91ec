namespace TaskLocking.Automation;

/// <summary>A task that a nightly run gave to somebody.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="TaskName">Its name.</param>
/// <param name="Type">"agent" or "host".</param>
/// <param name="Agent">Who got it.</param>
/// <param name="OpenTasks">How many open tasks that makes for him.</param>
public sealed record PlannedAssignment(string TaskId, string TaskName, string Type, string Agent, int OpenTasks);
