using System;
using System.Globalization;

namespace TaskLocking;

/// <summary>
/// A claim on a task: a lease, so it may be lost. It ends when the holder's process ends (judged on its own host) or, where that cannot
/// be judged, at <see cref="Expires"/>. Every later verb of the claim must match <see cref="Token"/>.
/// </summary>
public sealed record TaskClaim(
    long Token,
    string Agent,
    DateTimeOffset Claimed,
    DateTimeOffset Expires,
    TimeSpan Ttl,
    string? Host = null,
    int? Pid = null,
    string? ProcessStart = null) : ValueObject
{
    /// <summary>The fencing token: larger for each later claim of the task, also after it was removed and defined anew.</summary>
    public long Token { get; } = Token;

    /// <summary>Who has it.</summary>
    public string Agent { get; } = Agent;

    /// <summary>Since when.</summary>
    public DateTimeOffset Claimed { get; } = Claimed;

    /// <summary>Until when, unless it is renewed.</summary>
    public DateTimeOffset Expires { get; } = Expires;

    /// <summary>For how long it was given, and is given again by a renewal.</summary>
    public TimeSpan Ttl { get; } = Ttl;

    /// <summary>The host of the holder's process; null if it was not told.</summary>
    public string? Host { get; } = Host;

    /// <summary>The long-lived process that works on it; null: time alone judges.</summary>
    public int? Pid { get; } = Pid;

    /// <summary>When that process started, in the system's own words: a reused pid is another process.</summary>
    public string? ProcessStart { get; } = ProcessStart;

    /// <summary>The same claim, prolonged.</summary>
    internal TaskClaim Until(DateTimeOffset expires, TimeSpan ttl) => new(Token, Agent, Claimed, expires, ttl, Host, Pid, ProcessStart);

    /// <summary>The same claim, judged by another process of its agent.</summary>
    internal TaskClaim Under(LeaseHolder holder) => new(Token, Agent, Claimed, Expires, Ttl, holder.Host, holder.Pid, holder.ProcessStart);

    /// <summary>"agent #token", as the history writes it.</summary>
    public override string ToString() => Agent + " #" + Token.ToString(CultureInfo.InvariantCulture);
}
