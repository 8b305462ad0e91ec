namespace TaskLocking;

/// <summary>A path that was asked for and the lease that stands in its way.</summary>
public sealed record FileConflict(string Path, FileLease Lease, string? Pattern = null) : ValueObject
{
    // As a task's: a copy is for a shell, which hangs members of its own on an object.
    private FileConflict(FileConflict other)
        : base(other) => (Path, Lease, Pattern) = (other.Path, other.Lease with { }, other.Pattern);

    /// <summary>As asked for, relative to the workspace.</summary>
    public string Path { get; } = Path;

    /// <summary>The same in its canonical form.</summary>
    internal string Pattern { get; } = Pattern ?? Path;

    /// <summary>Somebody else's lease that overlaps it.</summary>
    public FileLease Lease { get; } = Lease;
}
