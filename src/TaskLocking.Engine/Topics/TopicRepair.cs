using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>What was done, or would be, so that each number is that of one topic.</summary>
public sealed record TopicRepair(string SpecsDirectory, IReadOnlyList<TopicMove> Moves, IReadOnlyList<TopicMention> Mentions,
    IReadOnlyList<TopicIssue> Issues, bool IsPreview) : BoardObject
{
    /// <summary>The root, full path.</summary>
    public string SpecsDirectory { get; } = SpecsDirectory;

    /// <summary>The topics that get another number.</summary>
    public IReadOnlyList<TopicMove> Moves { get; } = FixedList<TopicMove>.Of(Moves);

    /// <summary>Where those are named: links that are rewritten, and what a person has to see to.</summary>
    public IReadOnlyList<TopicMention> Mentions { get; } = FixedList<TopicMention>.Of(Mentions);

    /// <summary>Collisions that cannot be mended here: the younger topic is on the other branch alone.</summary>
    public IReadOnlyList<TopicIssue> Issues { get; } = FixedList<TopicIssue>.Of(Issues);

    /// <summary>Nothing was changed, and no number is reserved.</summary>
    public bool IsPreview { get; } = IsPreview;
}
