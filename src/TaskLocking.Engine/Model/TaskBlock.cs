namespace TaskLocking;

/// <summary>Which failure keeps a task from starting.</summary>
public sealed record TaskBlock(string Nearest, string Root) : ValueObject
{
    /// <summary>The dependency that failed, or is itself blocked by a failure.</summary>
    public string Nearest { get; } = Nearest;

    /// <summary>The failed task where it began; the same as <see cref="Nearest"/> for a direct dependent.</summary>
    public string Root { get; } = Root;
}
