using System;
using TaskLocking.Board;

namespace TaskLocking.Model;

/// <summary>The fields of a todo that a task knows.</summary>
[Flags]
internal enum TodoField : long
{
    None = 0,
    Name = 1,
    Status = 1 << 1,
    Priority = 1 << 2,
    Assignee = 1 << 3,
    Tags = 1 << 4,
    Dependencies = 1 << 5,
    DependsOn = 1 << 6,
    Content = 1 << 7,
    LongDescription = 1 << 8,
    Description = 1 << 9,
    Created = 1 << 10,
    LastModified = 1 << 11,
    UpdatedAt = 1 << 12,
    CompletedAt = 1 << 13,

    /// <summary>The object that has the fields below.</summary>
    Own = 1 << 14,
    Version = 1 << 15,
    Agent = 1 << 16,
    TaskFile = 1 << 17,
    Swarm = 1 << 18,
    Requires = 1 << 19,
    MaxAttempt = 1L << 20,
    RetryDelay = 1L << 21,
    TimeLimit = 1L << 22,
    NeedsReview = 1L << 23,
    Files = 1L << 24,
    AllowedAgents = 1L << 25,
    Attempt = 1L << 26,
    Strikes = 1L << 27,
    NotBefore = 1L << 28,
    StartedAt = 1L << 29,
    Failure = 1L << 30,
    Block = 1L << 31,
    Claim = 1L << 32,

    /// <summary>Those of <see cref="Model.TaskExecution"/>.</summary>
    Execution = (Claim << 1) - MaxAttempt,

    /// <summary>Whatever a task does not know.</summary>
    Other = 1L << 33,

    /// <summary>Fields of other tools, which tell what one of the above tells elsewhere.</summary>
    Title = 1L << 34,
    State = 1L << 35,
    StateReason = 1L << 36,
    IsDone = 1L << 37,
    Assignees = 1L << 38,
    CreatedAt = 1L << 39,
    DeferUntil = 1L << 40,

    /// <summary>What people and agents left on it.</summary>
    Comments = 1L << 41,

    /// <summary>The task that it is a part of.</summary>
    Parent = 1L << 42,

    /// <summary>For a patch that nobody has looked into.</summary>
    All = (Parent << 1) - 1,
}
