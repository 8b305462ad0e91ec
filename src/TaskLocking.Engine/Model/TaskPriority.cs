namespace TaskLocking;

/// <summary>
/// How urgent a task is; a larger value goes first. Stray forms in files are read (P0 critical, P1 high, P2 medium, P3 low).
/// </summary>
public enum TaskPriority
{
    /// <summary>When nothing else is there.</summary>
    Low,

    /// <summary>The default, also for words that mean nothing here.</summary>
    Medium,

    /// <summary>Before the rest.</summary>
    High,

    /// <summary>First.</summary>
    Critical,
}
