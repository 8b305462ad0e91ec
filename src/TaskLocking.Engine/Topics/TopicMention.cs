namespace TaskLocking;

/// <summary>A place where a topic that gets another number is named.</summary>
public sealed record TopicMention(string Path, int Line, string Text, bool Rewritten) : ValueObject
{
    /// <summary>The file, full path as it was before.</summary>
    public string Path { get; } = Path;

    /// <summary>The line, from 1.</summary>
    public int Line { get; } = Line;

    /// <summary>What stands there: a path, a folder's name, a number with '#'.</summary>
    public string Text { get; } = TerminalText.Line(Text);

    /// <summary>Whether it is a path that can mean nothing else, and says the new one; else it is for a person to see to.</summary>
    public bool Rewritten { get; } = Rewritten;
}
