using System;

namespace TaskLocking;

/// <summary>Why a task failed, or its work was rejected, last.</summary>
public sealed record TaskFailure(string Reason, DateTimeOffset At, string? Agent) : ValueObject
{
    internal TaskFailure(string reason, DateTimeOffset at, string? agent, string? output)
        : this(reason, at, agent) => Output = output;

    /// <summary>In the words of whoever reported it.</summary>
    public string Reason { get; } = Reason;

    /// <summary>When.</summary>
    public DateTimeOffset At { get; } = At;

    /// <summary>Who had it; null if nobody.</summary>
    public string? Agent { get; } = Agent;

    /// <summary>What the work wrote last, in lines; null where nobody told.</summary>
    public string? Output { get; }
}
