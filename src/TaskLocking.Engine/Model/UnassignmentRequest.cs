using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>Take tasks back from somebody.</summary>
/// <param name="Ids">The tasks: all or none, unless <see cref="SkipConflict"/>.</param>
public sealed record UnassignmentRequest(IReadOnlyList<string> Ids)
{
    /// <summary>The tasks, as they were named.</summary>
    public IReadOnlyList<string> Ids { get; init => field = FixedList<string>.Of(value); } = FixedList<string>.Of(Ids);

    /// <summary>The owner's name, or "type:name"; needed unless <see cref="Force"/>.</summary>
    public string? From { get; init; }

    /// <summary>Free what is the owner's and report the rest.</summary>
    public bool SkipConflict { get; init; }

    /// <summary>Free it whoever has it.</summary>
    public bool Force { get; init; }

    /// <summary>What allows to end claims that hold; null: the owner that is named, where the claim names no process.</summary>
    public ClaimProof? Proof { get; init; }

    /// <summary>Refuse unless each task still has this version.</summary>
    public long? IfVersion { get; init; }
}
