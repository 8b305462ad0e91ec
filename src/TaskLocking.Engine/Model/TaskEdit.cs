using System;
using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>Fields to change on one task; what is null stays as it is, an empty list or text empties (a name cannot be empty).</summary>
/// <param name="Id">The task.</param>
public sealed record TaskEdit(string Id)
{
    /// <summary>Refuse unless the task still has this <see cref="AgentTask.Version"/>.</summary>
    public long? IfVersion { get; init; }

    /// <summary>The new name.</summary>
    public string? Name { get; init; }

    /// <summary>The new status. <see cref="AgentTaskStatus.Done"/> also sets <c>completedAt</c>; leaving it clears that.</summary>
    public AgentTaskStatus? Status { get; init; }

    /// <summary>The new priority.</summary>
    public TaskPriority? Priority { get; init; }

    /// <summary>The new text.</summary>
    public string? Content { get; init; }

    /// <summary>The agent that the task is meant for.</summary>
    public string? Agent { get; init; }

    /// <summary>The file that describes the work.</summary>
    public string? TaskFile { get; init; }

    /// <summary>The swarm.</summary>
    public string? Swarm { get; init; }

    /// <summary>The task that it is a part of; empty: of none.</summary>
    public string? Parent { get; init; }

    /// <summary>The whole new list of labels.</summary>
    public IReadOnlyList<string>? Tags { get; init => field = FixedList<string>.OrNull(value); }

    /// <summary>The whole new list of dependencies.</summary>
    public IReadOnlyList<string>? Dependencies { get; init => field = FixedList<string>.OrNull(value); }

    /// <summary>The whole new list of required capabilities.</summary>
    public IReadOnlyList<string>? Requires { get; init => field = FixedList<string>.OrNull(value); }

    /// <summary>The whole new list of who may take it.</summary>
    public IReadOnlyList<string>? AllowedAgents { get; init => field = FixedList<string>.OrNull(value); }

    /// <summary>The whole new list of paths and patterns that it will touch; the files of a claim that is there do not change.</summary>
    public IReadOnlyList<string>? Files { get; init => field = FixedList<string>.OrNull(value); }

    /// <summary>How many times it may be started before a failure is final, 1 to 100.</summary>
    public int? MaxAttempt { get; init; }

    /// <summary>The wait before the second attempt; zero for the default.</summary>
    public TimeSpan? RetryDelay { get; init; }

    /// <summary>How long it may run before it fails; zero for no limit.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Not to be started before this time; a time that has passed removes it.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Whether a person has to approve it.</summary>
    public bool? NeedsReview { get; init; }

    /// <summary>What allows to end a claim that holds, where the change does that.</summary>
    public ClaimProof? Proof { get; init; }

    /// <summary>What is wrong with the files, found where the file system can be asked; null: nothing.</summary>
    internal string? FilesFault { get; init; }
}
