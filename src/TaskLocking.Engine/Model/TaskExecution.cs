using System;
using System.Collections.Generic;

namespace TaskLocking.Model;

/// <summary>
/// What a todo keeps under <c>taskLocking</c> about how it is to be done and how far that went. One object beside the task, so that a
/// change of anything else shares it.
/// </summary>
internal sealed record TaskExecution
{
    public static TaskExecution None { get; } = new();

    /// <summary>Settings: what the definition says.</summary>
    public int MaxAttempt { get; init; } = 1;

    public TimeSpan? RetryDelay { get; init; }

    public TimeSpan? TimeLimit { get; init; }

    public bool NeedsReview { get; init; }

    public IReadOnlyList<string> Files { get; init => field = FixedList<string>.Of(value); } = FixedList<string>.None;

    public IReadOnlyList<string> AllowedAgents { get; init => field = FixedList<string>.Of(value); } = FixedList<string>.None;

    /// <summary>State: what the verbs keep.</summary>
    public int Attempt { get; init; }

    public int Strikes { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public TaskFailure? Failure { get; init; }

    public TaskBlock? Block { get; init; }

    public TaskClaim? Claim { get; init; }

    /// <summary>The same, in no part the same instance.</summary>
    public TaskExecution Apart() => this == None ? None : this with
    {
        Files = FixedList<string>.Apart(Files),
        AllowedAgents = FixedList<string>.Apart(AllowedAgents),
        Failure = Failure is null ? null : Failure with { },
        Block = Block is null ? null : Block with { },
        Claim = Claim is null ? null : Claim with { },
    };
}
