using System;
using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>For whom a task shall be ready.</summary>
public sealed record ReadyQuery
{
    /// <summary>This agent; null: anybody, whatever it can do.</summary>
    public string? Agent { get; init; }

    /// <summary>What the agent can do, beside what it is registered for.</summary>
    public IReadOnlyList<string> Capabilities { get; init => field = FixedList<string>.Of(value); } = [];

    /// <summary>Only tasks of this swarm.</summary>
    public string? Swarm { get; init; }

    /// <summary>Only tasks with all of these tags.</summary>
    public IReadOnlyList<string> Tags { get; init => field = FixedList<string>.Of(value); } = [];

    /// <summary>At most so many; null: all.</summary>
    public int? First { get; init; }
}
