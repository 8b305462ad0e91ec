using System.Collections.Generic;

namespace TaskLocking.Scheduling;

/// <summary>Whether a task can be taken now, by anybody or by one agent, and everything that stands in the way.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="IsReady">Nothing stands in the way.</param>
/// <param name="Reasons">All that does.</param>
public sealed record Readiness(string TaskId, bool IsReady, IReadOnlyList<ReadinessReason> Reasons);
