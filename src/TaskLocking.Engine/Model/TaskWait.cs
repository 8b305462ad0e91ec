using System;
using System.Collections.Generic;
using System.Threading;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>Wait for tasks.</summary>
/// <param name="Ids">Which.</param>
public sealed record TaskWait(IReadOnlyList<string> Ids)
{
    /// <summary>Which, at least one.</summary>
    public IReadOnlyList<string> Ids { get; init => field = FixedList<string>.Of(value); } = FixedList<string>.Of(Ids);

    /// <summary>To what they shall have come; any of these.</summary>
    public IReadOnlyList<AgentTaskStatus> For { get; init => field = FixedList<AgentTaskStatus>.Of(value); } = [AgentTaskStatus.Done];

    /// <summary>The first that has come there is enough; else all of them.</summary>
    public bool Any { get; init; }

    /// <summary>The longest wait; zero looks once, infinite waits for ever.</summary>
    public TimeSpan AtMost { get; init; } = Timeout.InfiniteTimeSpan;
}
