using System.Collections.Generic;
using TaskLocking.Model;
using TaskLocking.Proof;

namespace TaskLocking;

/// <summary>A promise that was broken, with the least that shows it.</summary>
public sealed record Violation(ViolationKind Kind, string Subject, string Text, IReadOnlyList<Operation> Excerpt) : ValueObject
{
    /// <summary>Which promise.</summary>
    public ViolationKind Kind { get; } = Kind;

    /// <summary>The task, the topic root or the file that it is about.</summary>
    public string Subject { get; } = Subject;

    /// <summary>What is wrong, in a sentence.</summary>
    public string Text { get; } = TerminalText.Line(Text);

    /// <summary>
    /// The smallest set of operations that cannot be explained, in the order of their starts; empty where no operation is at fault alone.
    /// </summary>
    public IReadOnlyList<Operation> Excerpt { get; } = FixedList<Operation>.Of(Excerpt);

    /// <summary>The excerpt as a small table for a person; empty without one.</summary>
    public string Print() => ExcerptText.Of(Excerpt);
}
