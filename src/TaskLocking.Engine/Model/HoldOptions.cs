using System;

namespace TaskLocking;

/// <summary>How to hold tasks and resources.</summary>
public sealed record HoldOptions
{
    /// <summary>The longest wait for all of them together; null: 5 s for one, 10 s for several.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The name that others are told.</summary>
    public string? Agent { get; init; }

    /// <summary>What the holder does, for those who wait.</summary>
    public string? Doing { get; init; }

    /// <summary>Called on the waiting thread while a wait goes on.</summary>
    public Action<LockWait>? OnWait { get; init; }
}
