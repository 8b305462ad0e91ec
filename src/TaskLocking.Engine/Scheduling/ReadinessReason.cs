using System;

namespace TaskLocking.Scheduling;

/// <summary>One thing that keeps a task from being taken.</summary>
/// <param name="Code">What it is.</param>
/// <param name="Message">A sentence.</param>
public sealed record ReadinessReason(ReadinessCode Code, string Message)
{
    /// <summary>The dependency concerned.</summary>
    public string? TaskId { get; init; }

    /// <summary>The file concerned.</summary>
    public string? Path { get; init; }

    /// <summary>Who stands in the way.</summary>
    public string? Agent { get; init; }

    /// <summary>When it ends by itself, as far as is known.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The sentence.</summary>
    public override string ToString() => Message;
}
