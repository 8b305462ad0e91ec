using System;
using System.Collections.Generic;
using TaskLocking.Locking;
using TaskLocking.Tasks;

namespace TaskLocking.Diagnostics;

/// <summary>
/// A request that was not granted, as a value: the code, the sentence a person reads, and the facts behind it.
/// Facts that do not belong to the code are null.
/// </summary>
/// <param name="Code">Why; also the error id and, by <see cref="RefusalTable"/>, the exit code.</param>
/// <param name="Message">One or two plain sentences.</param>
public sealed record Refusal(RefusalCode Code, string Message)
{
    /// <summary>The task that the request named.</summary>
    public string? TaskId { get; init; }

    /// <summary>Who holds the lock, as far as is known.</summary>
    public LockHolder? Holder { get; init; }

    /// <summary>Who has the task.</summary>
    public Assignee? ExistingAssignee { get; init; }

    /// <summary>The file or folder concerned.</summary>
    public string? Path { get; init; }

    /// <summary>The version that the caller had read.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>The version that is there.</summary>
    public long? FoundVersion { get; init; }

    /// <summary>The fencing token that the caller had.</summary>
    public long? ExpectedToken { get; init; }

    /// <summary>The fencing token of the claim that is there.</summary>
    public long? FoundToken { get; init; }

    /// <summary>The agent that has the claim or the file now.</summary>
    public string? Agent { get; init; }

    /// <summary>When that claim or lease ends.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>The failed task where a chain of failures began.</summary>
    public string? RootCause { get; init; }

    /// <summary>A reasonable time to wait before the next try.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Other tasks concerned: the dependents, the circle, the refused part of a batch.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];
}
