using System;

namespace TaskLocking;

/// <summary>How to make a change.</summary>
public sealed record CommitOptions
{
    /// <summary>The longest wait for locks; null: 5 s for one task, 10 s for several.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Who makes the change, for the history and <c>assigned_by</c>; null: user@host.</summary>
    public string? By { get; init; }

    /// <summary>
    /// The name of the request, 1 to 100 characters that nobody else uses: sent again under it, it changes nothing and is answered as it
    /// was. The board remembers the last 1,000, for 24 hours. Null: it has none. Not for removals, agents and leases on files.
    /// </summary>
    public string? RequestId { get; init; }

    /// <summary>Nothing is written and no lock taken: the answer tells what would be done, and refused, as things stand.</summary>
    public bool WhatIf { get; init; }

    /// <summary>Called on the waiting thread while a wait goes on.</summary>
    public Action<LockWait>? OnWait { get; init; }

    /// <summary>Called on the caller's thread after the commit.</summary>
    public Action<CommitReport>? OnCommitted { get; init; }
}
