namespace TaskLocking;

/// <summary>Something in a document that was not understood, or not as its writer may expect.</summary>
public sealed record TodoFinding(TodoFindingKind Kind, string? TaskId, int Place, string Field, string Message) : BoardObject
{
    /// <summary>What it is about.</summary>
    public TodoFindingKind Kind { get; } = Kind;

    /// <summary>The id of the todo; null if it has none.</summary>
    public string? TaskId { get; } = TaskId;

    /// <summary>Where the todo stands among the todos of the document, from 1.</summary>
    public int Place { get; } = Place;

    /// <summary>The field of the todo as the document calls it; empty for all of it.</summary>
    public string Field { get; } = Field;

    /// <summary>A sentence: what is there, what it counts as, what to do.</summary>
    public string Message { get; } = TerminalText.Line(Message);

    /// <summary>Whether something has to be done about it; a time without an offset is a remark.</summary>
    public bool IsError => Kind != TodoFindingKind.NaiveTime;

    /// <summary>The sentence with its place.</summary>
    public override string ToString() => TerminalText.Line($"todo {Place}{(TaskId is null ? "" : $" ({TaskId})")}: ") + Message;
}
