using System;
using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>
/// Which tasks to list; conditions add up, an empty list is no condition. Text is compared ordinally, wildcards are the shells' matter.
/// </summary>
public sealed record TaskQuery
{
    /// <summary>Any of these statuses.</summary>
    public IReadOnlyList<AgentTaskStatus> Statuses { get; init => field = FixedList<AgentTaskStatus>.Of(value); } = [];

    /// <summary>Assigned to this name, or "type:name".</summary>
    public string? Assignee { get; init; }

    /// <summary>True: assigned to somebody; false: to nobody.</summary>
    public bool? IsAssigned { get; init; }

    /// <summary>Of this swarm.</summary>
    public string? Swarm { get; init; }

    /// <summary>
    /// With each of these words in what people read of it, in any case: id, name, text, tags, last failure, comments of any tool.
    /// </summary>
    public IReadOnlyList<string> Words { get; init => field = FixedList<string>.Of(value); } = [];

    /// <summary>That nobody has changed for so long, as far as the todo tells; null: whenever it was.</summary>
    public TimeSpan? UnchangedFor { get; init; }

    /// <summary>The children of this task; empty: those that are nobody's child.</summary>
    public string? Parent { get; init; }

    /// <summary>With all of these tags.</summary>
    public IReadOnlyList<string> Tags { get; init => field = FixedList<string>.Of(value); } = [];
}
