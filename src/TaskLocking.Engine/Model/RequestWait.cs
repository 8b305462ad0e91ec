using System;
using System.Threading;

namespace TaskLocking;

/// <summary>How long a request waits for a task that is free.</summary>
public sealed record RequestWait
{
    /// <summary>The longest wait, 0 or more: zero looks once, infinite waits for ever.</summary>
    public TimeSpan AtMost { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>
    /// End at once when none of the tasks that are asked for can become ready without a person, and say what is left.
    /// </summary>
    public bool UntilEmpty { get; init; }

    /// <summary>Called on the waiting thread with the time waited, before each pause; a pause lasts at most 1 s.</summary>
    public Action<TimeSpan>? OnWait { get; init; }
}
