namespace TaskLocking;

/// <summary>Something about the store that a person has to know although the command did what it was asked for.</summary>
public sealed record StoreNotice(StoreNoticeKind Kind, string Message, string? Path = null) : ValueObject
{
    /// <summary>What it is about.</summary>
    public StoreNoticeKind Kind { get; } = Kind;

    /// <summary>One line: what, where it was put, what to do.</summary>
    public string Message { get; } = TerminalText.Line(Message);

    /// <summary>The file concerned.</summary>
    public string? Path { get; } = Path;
}
