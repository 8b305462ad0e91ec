namespace TaskLocking.Paths;

/// <summary>One step of a pattern, made ready for comparing.</summary>
/// <param name="Character">What stands here; '\0' where a class does, or nothing.</param>
/// <param name="Class">What may stand here; null where a character does, or nothing.</param>
/// <param name="Next">The step behind it; -1 behind the end.</param>
/// <param name="Other">Another step that may be taken as well, where nothing stands here; else -1.</param>
internal sealed record PathNode(char Character, PathClass? Class, int Next, int Other = -1)
{
    /// <summary>The end of the pattern.</summary>
    public bool IsEnd => Next < 0;

    /// <summary>Nothing stands here: the ways lie open.</summary>
    public bool IsChoice => Character == '\0' && Class is null && !IsEnd;

    /// <summary>Whether one character may stand at both.</summary>
    public bool Meets(PathNode other, bool ignoreCase)
    {
        if (IsEnd || other.IsEnd)
            return false;
        if (Class is not null)
            return other.Class is not null ? Class.Meets(other.Class, ignoreCase) : Class.Contains(other.Character, ignoreCase);
        return other.Class is not null ? other.Class.Contains(Character, ignoreCase)
            : Character == other.Character || (ignoreCase && char.ToUpperInvariant(Character) == char.ToUpperInvariant(other.Character));
    }
}
