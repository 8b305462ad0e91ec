using System;

namespace TaskLocking.Leases;

/// <summary>
/// A claim on a task: a lease, so it may be lost. It ends when the holder's process ends (judged on its own host) or, where that cannot
/// be judged, at <see cref="Expires"/>. Every later verb of the claim must match <see cref="Token"/>.
/// </summary>
/// <param name="Token">The fencing token: larger for each later claim of the task, also after it was removed and defined anew.</param>
/// <param name="Agent">Who has it.</param>
/// <param name="Claimed">Since when.</param>
/// <param name="Expires">Until when, unless it is renewed.</param>
/// <param name="Ttl">For how long it was given, and is given again by a renewal.</param>
public sealed record TaskClaim(long Token, string Agent, DateTimeOffset Claimed, DateTimeOffset Expires, TimeSpan Ttl)
{
    /// <summary>The host of the holder's process; null if it was not told.</summary>
    public string? Host { get; init; }

    /// <summary>The long-lived process that works on it; null: time alone judges.</summary>
    public int? Pid { get; init; }

    /// <summary>When that process started, in the system's own words: a reused pid is another process.</summary>
    public string? ProcessStart { get; init; }

    /// <summary>"agent #token", as the history writes it.</summary>
    public override string ToString() => Agent + " #" + Token.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
