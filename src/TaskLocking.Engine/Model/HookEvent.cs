using System;
using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>Something that somebody wanted to be told of a board.</summary>
public sealed record HookEvent : BoardObject
{
    internal HookEvent(HookEventKind kind, long version) => (Kind, Version) = (kind, version);

    private HookEvent(HookEvent other)
        : base(other)
    {
        (Kind, Version, Time, By, TaskId, Swarm, Agent) = (other.Kind, other.Version, other.Time, other.By, other.TaskId, other.Swarm,
            other.Agent);
        Reasons = FixedList<string>.Apart(other.Reasons);
    }

    /// <summary>What happened.</summary>
    public HookEventKind Kind { get; }

    /// <summary>The commit by which it came about; of what follows from several the last one.</summary>
    public long Version { get; }

    /// <summary>When; null where no commit tells.</summary>
    public DateTimeOffset? Time { get; internal init; }

    /// <summary>Who made the commit; null where none tells.</summary>
    public string? By { get; internal init; }

    /// <summary>The task; null of a swarm.</summary>
    public string? TaskId { get; internal init; }

    /// <summary>The swarm, or that of the task; null where it has none.</summary>
    public string? Swarm { get; internal init; }

    /// <summary>Who had the task; null where nothing tells.</summary>
    public string? Agent { get; internal init; }

    /// <summary>Why, one or more; empty where nothing tells.</summary>
    public IReadOnlyList<string> Reasons { get; internal init => field = FixedList<string>.Of(value); } = FixedList<string>.None;

    /// <summary>What happened to what, on one line.</summary>
    public override string ToString() => TerminalText.Line($"{Kind} {TaskId ?? Swarm}");
}
