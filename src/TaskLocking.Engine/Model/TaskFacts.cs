using System;
using System.Collections.Generic;

namespace TaskLocking.Model;

/// <summary>The fields of an <see cref="AgentTask"/>, for those who make one; whoever has the task has no way back to them.</summary>
internal readonly record struct TaskFacts
{
    public TaskFacts()
    {
    }

    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    public AgentTaskStatus Status { get; init; }

    public string StatusText { get; init; } = "Todo";

    public TaskPriority Priority { get; init; } = TaskPriority.Medium;

    public Assignee? Assignee { get; init; }

    public IReadOnlyList<string> Tags { get; init => field = FixedList<string>.Of(value); } = FixedList<string>.None;

    public IReadOnlyList<string> Dependencies { get; init => field = FixedList<string>.Of(value); } = FixedList<string>.None;

    public string? Content { get => ContentAsStored.Read(); init => ContentAsStored = new LongText(value); }

    /// <summary>The same, which nobody may have asked for yet.</summary>
    public LongText ContentAsStored { get; init; }

    public string? Agent { get; init; }

    public string? TaskFile { get; init; }

    public string? Swarm { get; init; }

    public string? Parent { get; init; }

    public IReadOnlyList<string> Requires { get; init => field = FixedList<string>.Of(value); } = FixedList<string>.None;

    public DateTimeOffset? Created { get; init; }

    public DateTimeOffset? LastModified { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>The version that the todo itself tells; counts where the bytes are not known.</summary>
    public long Version { get; init; }

    public TaskExecution Execution { get; init; } = TaskExecution.None;

    /// <summary>Whether the todo has <c>updated_at</c>, which then keeps up with <c>lastModified</c>.</summary>
    public bool HasUpdatedAt { get; init; }

    public ForeignFacts Foreign { get; init; } = ForeignFacts.None;

    /// <summary>The same facts, in no part the same instance.</summary>
    public TaskFacts Apart() => this with
    {
        Assignee = Assignee is null ? null : Assignee with { },
        Tags = FixedList<string>.Apart(Tags),
        Dependencies = FixedList<string>.Apart(Dependencies),
        Requires = FixedList<string>.Apart(Requires),
        Execution = Execution.Apart(),
    };
}
