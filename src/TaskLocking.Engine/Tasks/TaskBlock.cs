namespace TaskLocking.Tasks;

/// <summary>Which failure keeps a task from starting.</summary>
/// <param name="Nearest">The dependency that failed, or is itself blocked by a failure.</param>
/// <param name="Root">The failed task where it began; the same as <paramref name="Nearest"/> for a direct dependent.</param>
public sealed record TaskBlock(string Nearest, string Root);
