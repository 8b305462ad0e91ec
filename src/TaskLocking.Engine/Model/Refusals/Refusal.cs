using System;
using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>
/// A request that was not granted, as a value: the code, the sentence a person reads, and the facts behind it.
/// Facts that do not belong to the code are null. The sentence may be shown anywhere; the facts are as the document has them.
/// </summary>
public sealed record Refusal(
    RefusalCode Code,
    string Message,
    string? TaskId = null,
    string? Path = null,
    string? Agent = null,
    IReadOnlyList<string>? Ids = null) : ValueObject
{
    /// <summary>Why; also the error id and, by <see cref="RefusalTable"/>, the exit code.</summary>
    public RefusalCode Code { get; } = Code;

    /// <summary>One or two plain sentences on one line, as <see cref="TerminalText"/> shows them.</summary>
    public string Message { get; private init; } = TerminalText.Line(Message);

    /// <summary>The same refusal in other words.</summary>
    /// <param name="message">One or two plain sentences on one line.</param>
    public Refusal Saying(string message) => this with { Message = TerminalText.Line(message) };

    /// <summary>The task that the request named.</summary>
    public string? TaskId { get; internal init; } = TaskId;

    /// <summary>The resource that the request named.</summary>
    public string? Resource { get; internal init; }

    /// <summary>Who holds the lock, as far as is known.</summary>
    public LockHolder? Holder { get; internal init; }

    /// <summary>Who has the task.</summary>
    public Assignee? ExistingAssignee { get; internal init; }

    /// <summary>The file or folder concerned.</summary>
    public string? Path { get; internal init; } = Path;

    /// <summary>The version that the caller had read.</summary>
    public long? ExpectedVersion { get; internal init; }

    /// <summary>The version that is there.</summary>
    public long? FoundVersion { get; internal init; }

    /// <summary>The fencing token that the caller had.</summary>
    public long? ExpectedToken { get; internal init; }

    /// <summary>The fencing token of the claim that is there.</summary>
    public long? FoundToken { get; internal init; }

    /// <summary>The agent that has the claim or the file now.</summary>
    public string? Agent { get; internal init; } = Agent;

    /// <summary>When that claim or lease ends.</summary>
    public DateTimeOffset? Expires { get; internal init; }

    /// <summary>The failed task where a chain of failures began.</summary>
    public string? RootCause { get; internal init; }

    /// <summary>A reasonable time to wait before the next try.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>Other tasks concerned: the dependents, the circle, the refused part of a batch.</summary>
    public IReadOnlyList<string> Ids { get; internal init => field = FixedList<string>.Of(value); } = FixedList<string>.Of(Ids);
}
