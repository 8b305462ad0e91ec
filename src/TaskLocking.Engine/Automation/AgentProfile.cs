using System;
using System.Collections.Generic;

namespace TaskLocking.Automation;

/// <summary>A registered agent: what it can do and how much at once.</summary>
/// <param name="Name">1 to 100 characters on one line; compared ordinally.</param>
public sealed record AgentProfile(string Name)
{
    /// <summary>How many tasks an agent has at once when nobody says otherwise.</summary>
    public const int DefaultMaxTasks = 5;

    /// <summary>"agent", "human" or "host".</summary>
    public string Type { get; init; } = "agent";

    /// <summary>The machine that it works on; null if any.</summary>
    public string? Host { get; init; }

    /// <summary>What it can do; a task's required capabilities must all be among them.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = Array.Empty<string>();

    /// <summary>How many open tasks it has at once, 1 to 1,000.</summary>
    public int MaxTasks { get; init; } = DefaultMaxTasks;

    /// <summary>Since when it is registered; set by the store.</summary>
    public DateTimeOffset? Registered { get; init; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
