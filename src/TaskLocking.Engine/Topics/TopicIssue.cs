namespace TaskLocking;

/// <summary>One finding of a topic audit.</summary>
public sealed record TopicIssue(string Kind, string Subject, string Message, bool IsError) : ValueObject
{
    /// <summary>"duplicate", "collision", "gap", "misnamed", "dated", "shallow" or "locked".</summary>
    public string Kind { get; } = Kind;

    /// <summary>The number, the range of numbers, the folder's name or the lock file.</summary>
    public string Subject { get; } = Subject;

    /// <summary>A sentence: what is wrong and what to do.</summary>
    public string Message { get; } = TerminalText.Line(Message);

    /// <summary>Duplicates, collisions, misnamed folders and a held lock are errors; the rest are remarks.</summary>
    public bool IsError { get; } = IsError;
}
