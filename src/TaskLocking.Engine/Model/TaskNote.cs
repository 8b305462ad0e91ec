using System;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>
/// What somebody left on a task for whoever comes after him: one of the <c>comments[]</c> of its todo, of whichever tool.
/// </summary>
public sealed record TaskNote(string Kind, string Text, DateTimeOffset? Created, string? By, string? Id) : ValueObject
{
    /// <summary>"result" for what the work came to, "note" for the rest; whatever another tool calls its own.</summary>
    public string Kind { get; } = Kind;

    /// <summary>What it says; JSON text where another tool wrote something that is no text.</summary>
    public string Text { get; } = Text;

    /// <summary>When; null if another tool does not tell.</summary>
    public DateTimeOffset? Created { get; } = Created;

    /// <summary>Who; null if another tool does not tell.</summary>
    public string? By { get; } = By;

    /// <summary>What it is called among those of its task; null if another tool does not tell.</summary>
    public string? Id { get; } = Id;

    /// <summary>The text.</summary>
    public override string ToString() => Text;
}
