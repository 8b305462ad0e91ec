namespace TaskLocking;

/// <summary>What to do when a task names files that somebody else has a lease on.</summary>
public enum FileOverlap
{
    /// <summary>The task is not claimed; the overlap is named.</summary>
    Deny,

    /// <summary>The task is claimed without the files in question; the overlap is named.</summary>
    Warn,
}
