namespace TaskLocking.Topics;

/// <summary>One finding of a topic audit.</summary>
public sealed record TopicIssue(string Kind, string Subject, string Message, bool IsError) : ValueObject
{
    /// <summary>"duplicate", "gap", "misnamed", "dated" or "locked".</summary>
    public string Kind { get; } = Kind;

    /// <summary>The number, the range of numbers, the folder's name or the lock file.</summary>
    public string Subject { get; } = Subject;

    /// <summary>A sentence: what is wrong and what to do.</summary>
    public string Message { get; } = TerminalText.Line(Message);

    /// <summary>Duplicates, misnamed folders and a held lock are errors; a gap and a date are remarks.</summary>
    public bool IsError { get; } = IsError;
}
