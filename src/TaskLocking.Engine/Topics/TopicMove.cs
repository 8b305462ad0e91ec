namespace TaskLocking;

/// <summary>A topic that gets another number.</summary>
public sealed record TopicMove(string Number, string NewNumber, string Path, string NewPath, string Reason) : ValueObject
{
    /// <summary>The number that it has with another, at least three digits.</summary>
    public string Number { get; } = Number;

    /// <summary>The fresh one; in a preview the one that it would get now.</summary>
    public string NewNumber { get; } = NewNumber;

    /// <summary>The folder as it was, full path.</summary>
    public string Path { get; } = Path;

    /// <summary>The folder as it is then, full path.</summary>
    public string NewPath { get; } = NewPath;

    /// <summary>Why it is this one that goes: which is older, and since when.</summary>
    public string Reason { get; } = TerminalText.Line(Reason);
}
