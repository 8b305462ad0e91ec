using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>Whether a task can be taken now, by anybody or by one agent, and everything that stands in the way.</summary>
public sealed record Readiness(string TaskId, bool IsReady, IReadOnlyList<ReadinessReason> Reasons) : BoardObject
{
    /// <summary>The task.</summary>
    public string TaskId { get; } = TaskId;

    /// <summary>Nothing stands in the way.</summary>
    public bool IsReady { get; } = IsReady;

    /// <summary>All that does.</summary>
    public IReadOnlyList<ReadinessReason> Reasons { get; } = FixedList<ReadinessReason>.Of(Reasons);
}
