namespace TaskLocking;

/// <summary>
/// Where a task stands. A document writes them in title case with spaces ("In Progress"); older files use lower case and aliases.
/// </summary>
public enum AgentTaskStatus
{
    /// <summary>Not begun (also pending, open, new, ready).</summary>
    Todo,

    /// <summary>Being worked on (also active, doing, started).</summary>
    InProgress,

    /// <summary>Waits for a person.</summary>
    Review,

    /// <summary>Finished (also completed, complete, closed).</summary>
    Done,

    /// <summary>Cannot go on.</summary>
    Blocked,

    /// <summary>Given up on purpose (also canceled, abandoned).</summary>
    Cancelled,

    /// <summary>Failed for good; the one status that Todo2 does not have.</summary>
    Failed,

    /// <summary>A word that none of the above is written as; it is kept as it stands.</summary>
    Unknown,
}
