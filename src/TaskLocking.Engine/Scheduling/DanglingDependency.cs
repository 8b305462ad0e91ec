namespace TaskLocking.Scheduling;

/// <summary>A dependency on a task that is not there; it counts as not met.</summary>
/// <param name="TaskId">The task that waits.</param>
/// <param name="Missing">The id that no task has.</param>
public sealed record DanglingDependency(string TaskId, string Missing);
