using System;
using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>What a worker takes, one task after the other, and when it has had enough.</summary>
/// <param name="Holder">The agent, and the process that works: the worker itself, so that its tasks are free when it is gone.</param>
public sealed record WorkRequest(LeaseHolder Holder)
{
    /// <summary>
    /// How long a claim holds where its process cannot be judged: a worker renews it at a third of that, so it need not be long.
    /// </summary>
    public static readonly TimeSpan DefaultTtl = TimeSpan.FromMinutes(10);

    /// <summary>How long work that is asked to end may take for that.</summary>
    public static readonly TimeSpan DefaultStopTime = TimeSpan.FromSeconds(5);

    /// <inheritdoc cref="TaskRequest.Capabilities"/>
    public IReadOnlyList<string> Capabilities { get; init => field = FixedList<string>.Of(value); } = [];

    /// <inheritdoc cref="TaskRequest.Swarm"/>
    public string? Swarm { get; init; }

    /// <inheritdoc cref="TaskRequest.Tags"/>
    public IReadOnlyList<string> Tags { get; init => field = FixedList<string>.Of(value); } = [];

    /// <inheritdoc cref="TaskRequest.Ttl"/>
    public TimeSpan Ttl { get; init; } = DefaultTtl;

    /// <inheritdoc cref="TaskRequest.OnOverlap"/>
    public FileOverlap OnOverlap { get; init; }

    /// <summary>End when none of these tasks can become ready without a person; else wait for more.</summary>
    public bool UntilEmpty { get; init; }

    /// <summary>End after so long without anything to do, 0 or more; null: never for that reason.</summary>
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>End after so many tasks, 1 or more; null: never for that reason.</summary>
    public int? Count { get; init; }

    /// <summary>How long work that is asked to end may take before it is to be ended, 0 to 1 h.</summary>
    public TimeSpan StopTime { get; init; } = DefaultStopTime;

    /// <summary>Who makes the changes, for the history; null: the agent.</summary>
    public string? By { get; init; }

    /// <summary>
    /// Called on the thread that takes or ends a task when the store cannot be used for now; it is tried again each second.
    /// </summary>
    public Action<Refusal>? OnTrouble { get; init; }
}
