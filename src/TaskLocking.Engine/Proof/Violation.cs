using System.Collections.Generic;

namespace TaskLocking.Proof;

/// <summary>A promise that was broken, with the least that shows it.</summary>
/// <param name="Kind">Which promise.</param>
/// <param name="Subject">The task, the topic root or the file that it is about.</param>
/// <param name="Text">What is wrong, in a sentence.</param>
/// <param name="Excerpt">The smallest set of operations that cannot be explained, in the order of their starts; empty where no operation is at fault alone.</param>
public sealed record Violation(ViolationKind Kind, string Subject, string Text, IReadOnlyList<Operation> Excerpt)
{
    /// <summary>The excerpt as a small table for a person; empty without one.</summary>
    public string Print() => ExcerptText.Of(Excerpt);
}
