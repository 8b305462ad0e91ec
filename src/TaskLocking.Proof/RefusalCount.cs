namespace TaskLocking;

/// <summary>How many operations were refused for one reason.</summary>
public sealed record RefusalCount(RefusalCode Code, long Count) : ValueObject
{
    /// <summary>The reason.</summary>
    public RefusalCode Code { get; } = Code;

    /// <summary>How many.</summary>
    public long Count { get; } = Count;
}
