using System;

namespace TaskLocking;

/// <summary>One thing that keeps a task from being taken.</summary>
public sealed record ReadinessReason(ReadinessCode Code, string Message) : ValueObject
{
    /// <summary>What it is.</summary>
    public ReadinessCode Code { get; } = Code;

    /// <summary>A sentence.</summary>
    public string Message { get; } = TerminalText.Line(Message);

    /// <summary>The dependency concerned.</summary>
    public string? TaskId { get; internal init; }

    /// <summary>The file concerned.</summary>
    public string? Path { get; internal init; }

    /// <summary>Who stands in the way.</summary>
    public string? Agent { get; internal init; }

    /// <summary>When it ends by itself, as far as is known.</summary>
    public DateTimeOffset? Until { get; internal init; }

    /// <summary>The sentence.</summary>
    public override string ToString() => Message;
}
