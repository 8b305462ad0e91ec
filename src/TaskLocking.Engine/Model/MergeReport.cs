using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>What became of the tasks of one store when another took them over, by their ids.</summary>
public sealed record MergeReport(IReadOnlyList<string> Added, IReadOnlyList<string> Same, IReadOnlyList<string> Differing,
    IReadOnlyList<string> Released) : ValueObject
{
    /// <summary>Those that were new.</summary>
    public IReadOnlyList<string> Added { get; } = FixedList<string>.Of(Added);

    /// <summary>Those that both had alike.</summary>
    public IReadOnlyList<string> Same { get; } = FixedList<string>.Of(Same);

    /// <summary>Those that both had and that differ: they stay as the board has them, the others are in <see cref="KeptAside"/>.</summary>
    public IReadOnlyList<string> Differing { get; } = FixedList<string>.Of(Differing);

    /// <summary>Those whose claims in the other store ended with the merge: a token counts in its own store alone.</summary>
    public IReadOnlyList<string> Released { get; } = FixedList<string>.Of(Released);

    /// <summary>Of those that both had: done in the other, and so done here; else they stay as they were.</summary>
    public IReadOnlyList<string> Completed { get; internal init => field = FixedList<string>.Of(value); } = [];

    /// <summary>The file with the todos that differ, full path; null if there are none.</summary>
    public string? KeptAside { get; internal init; }

    /// <summary>
    /// Where the journal of a linked worktree's own store was put, full path, so that this is no board any more; null if it still is one.
    /// </summary>
    public string? Retired { get; internal init; }
}
