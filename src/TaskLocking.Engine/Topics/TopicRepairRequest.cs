using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>Which topics are to get another number, and how far the new ones are made sure of.</summary>
public sealed record TopicRepairRequest
{
    /// <summary>The numbers to look at; none: all that several topics have.</summary>
    public IReadOnlyList<int> Numbers { get; init => field = FixedList<int>.Of(value); } = FixedList<int>.None;

    /// <summary>Branches or commits with which nothing may collide when they are merged.</summary>
    public IReadOnlyList<string> Against { get; init => field = FixedList<string>.Of(value); } = FixedList<string>.None;

    /// <summary>Whether the branch that this one goes into is looked for and added to <see cref="Against"/>.</summary>
    public bool MergeBase { get; init; }

    /// <summary>Change nothing: say what would be done.</summary>
    public bool IsPreview { get; init; }

    /// <summary>How new numbers are reserved; its reuse counts for nothing here.</summary>
    public TopicRequest Numbering { get; init; } = new();
}
