using System;

namespace TaskLocking;

/// <summary>A number that is reserved and that no topic has: no folder, no branch, no commit that ever was.</summary>
public sealed record TopicReservation(string Number, string Name, string Agent, string Host, DateTimeOffset? Time, string? Remote,
    bool Released) : BoardObject
{
    /// <summary>The number, at least three digits.</summary>
    public string Number { get; } = Number;

    /// <summary>The cleaned name that it was reserved for; empty if it does not say.</summary>
    public string Name { get; } = TerminalText.Line(Name);

    /// <summary>By whom.</summary>
    public string Agent { get; } = TerminalText.Line(Agent);

    /// <summary>The name of the machine.</summary>
    public string Host { get; } = TerminalText.Line(Host);

    /// <summary>When, in UTC; null if it does not say.</summary>
    public DateTimeOffset? Time { get; } = Time;

    /// <summary>The remote at which it is reserved; null for this repository.</summary>
    public string? Remote { get; } = Remote;

    /// <summary>Whether it was taken away now.</summary>
    public bool Released { get; } = Released;
}
