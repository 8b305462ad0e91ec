using System;
using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>What a new task shall be.</summary>
/// <param name="Id">1 to 100 characters of free text on one line, no white space at the ends; compared ordinally.</param>
public sealed record TaskDefinition(string Id)
{
    /// <summary>A line for people; the id when left out.</summary>
    public string? Name { get; init; }

    /// <summary>The agent that the task is meant for; not an assignment.</summary>
    public string? Agent { get; init; }

    /// <summary>The file that describes the work.</summary>
    public string? TaskFile { get; init; }

    /// <summary>The text of the task.</summary>
    public string? Content { get; init; }

    /// <summary>How urgent.</summary>
    public TaskPriority Priority { get; init; } = TaskPriority.Medium;

    /// <summary>Ids that must be done before; they need not exist yet, a circle is refused.</summary>
    public IReadOnlyList<string> Dependencies { get; init => field = FixedList<string>.Of(value); } = [];

    /// <summary>The swarm that the task belongs to.</summary>
    public string? Swarm { get; init; }

    /// <summary>The task that it is a part of, which waits for it; null for none. At most 16 levels, a circle is refused.</summary>
    public string? Parent { get; init; }

    /// <summary>Free labels.</summary>
    public IReadOnlyList<string> Tags { get; init => field = FixedList<string>.Of(value); } = [];

    /// <summary>Capabilities that an agent must have to take the task.</summary>
    public IReadOnlyList<string> Requires { get; init => field = FixedList<string>.Of(value); } = [];

    /// <summary>Who may take the task; empty: everybody who has the capabilities.</summary>
    public IReadOnlyList<string> AllowedAgents { get; init => field = FixedList<string>.Of(value); } = [];

    /// <summary>The paths and patterns that it will touch, taken with the claim; relative to the workspace.</summary>
    public IReadOnlyList<string> Files { get; init => field = FixedList<string>.Of(value); } = [];

    /// <summary>How many times it may be started before a failure is final, 1 to 100.</summary>
    public int MaxAttempt { get; init; } = 1;

    /// <summary>
    /// The wait before the second attempt, 1 s to 30 days; each later one doubles it, up to an hour or this, whichever is longer. Null: 30
    /// s.
    /// </summary>
    public TimeSpan? RetryDelay { get; init; }

    /// <summary>How long it may run before it fails, 1 s to 365 days; null: as long as it takes.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Not to be started before this time.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>A person has to approve it.</summary>
    public bool NeedsReview { get; init; }

    /// <summary>What is wrong with the files, found where the file system can be asked; null: nothing.</summary>
    internal string? FilesFault { get; init; }
}
