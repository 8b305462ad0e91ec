using System;
using System.Collections.Generic;

namespace TaskLocking.Tasks;

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
    public IReadOnlyList<string> Dependencies { get; init; } = Array.Empty<string>();

    /// <summary>The swarm that the task belongs to.</summary>
    public string? Swarm { get; init; }

    /// <summary>Free labels.</summary>
    public IReadOnlyList<string> Tags { get; init; } = Array.Empty<string>();

    /// <summary>Capabilities that an agent must have to take the task.</summary>
    public IReadOnlyList<string> Requires { get; init; } = Array.Empty<string>();
}
