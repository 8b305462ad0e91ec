using System;

namespace TaskLocking;

/// <summary>How to make a change.</summary>
public sealed record CommitOptions
{
    /// <summary>The longest wait for locks; null: 5 s for one task, 10 s for several.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Who makes the change, for the history and <c>assigned_by</c>; null: user@host.</summary>
    public string? By { get; init; }

    /// <summary>Nothing is written and no lock taken: the answer tells what would be done, and refused, as things stand.</summary>
    public bool WhatIf { get; init; }

    /// <summary>Called on the waiting thread while a wait goes on.</summary>
    public Action<LockWait>? OnWait { get; init; }

    /// <summary>Called on the caller's thread after the commit.</summary>
    public Action<CommitReport>? OnCommitted { get; init; }
}
