using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>Give tasks to somebody.</summary>
/// <param name="Ids">The tasks: all or none, unless <see cref="SkipConflict"/>.</param>
/// <param name="Type">"agent", "human" or "host"; null: as the name tells, else a person where only one is registered so, else an
/// agent.</param>
/// <param name="Name">1 to 100 characters, or "type:name", which must not contradict the type.</param>
public sealed record AssignmentRequest(IReadOnlyList<string> Ids, string? Type, string Name)
{
    /// <summary>The tasks, as they were named.</summary>
    public IReadOnlyList<string> Ids { get; init => field = FixedList<string>.Of(value); } = FixedList<string>.Of(Ids);

    /// <summary>The machine that the assignee works on.</summary>
    public string? Hostname { get; init; }

    /// <summary>Take what is free and report the rest.</summary>
    public bool SkipConflict { get; init; }

    /// <summary>Take the task even from somebody who has it.</summary>
    public bool Force { get; init; }

    /// <summary>Refuse unless each task still has this version.</summary>
    public long? IfVersion { get; init; }
}
