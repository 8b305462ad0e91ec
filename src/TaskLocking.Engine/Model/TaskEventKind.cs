namespace TaskLocking;

/// <summary>What a commit did to a task, an agent, a file or a swarm.</summary>
public enum TaskEventKind
{
    /// <summary>Fields were changed that none of the others tells of; <see cref="TaskEventChange.Fields"/> names them.</summary>
    Changed,

    /// <summary>A task is new.</summary>
    Defined,

    /// <summary>A task is gone.</summary>
    Removed,

    /// <summary>A task was given to somebody.</summary>
    Assigned,

    /// <summary>A task was taken from somebody, and nobody has it now.</summary>
    Unassigned,

    /// <summary>Somebody has taken a task from the queue.</summary>
    Claimed,

    /// <summary>Work has begun; the claim may be of the same commit.</summary>
    Started,

    /// <summary>A claim was prolonged.</summary>
    Renewed,

    /// <summary>A claim has ended without a result: given back, expired, or its process is gone.</summary>
    Released,

    /// <summary>Work is done.</summary>
    Completed,

    /// <summary>Work is done and waits for a person to approve it.</summary>
    Submitted,

    /// <summary>An attempt has failed, and another will follow.</summary>
    Retried,

    /// <summary>A task has failed for good.</summary>
    Failed,

    /// <summary>Reviewed work was sent back.</summary>
    Rejected,

    /// <summary>A task was put back into the queue by hand.</summary>
    Restarted,

    /// <summary>Something keeps a task from being started; <see cref="TaskEventChange.Reason"/> tells what.</summary>
    Blocked,

    /// <summary>Nothing keeps it from being started any more.</summary>
    Unblocked,

    /// <summary>A task was given up.</summary>
    Cancelled,

    /// <summary>A file was leased, or its lease prolonged.</summary>
    FileLocked,

    /// <summary>The lease on a file has ended.</summary>
    FileUnlocked,

    /// <summary>An agent was registered, or registered anew.</summary>
    AgentRegistered,

    /// <summary>An agent is not registered any more.</summary>
    AgentUnregistered,

    /// <summary>A note was left on a task, or a result, and nothing else was changed.</summary>
    Noted,

    /// <summary>The tasks of a swarm are not given out for now.</summary>
    SwarmPaused,

    /// <summary>The tasks of a swarm are given out again.</summary>
    SwarmResumed,

    /// <summary>
    /// The board is another than it was: put back to an earlier state, replaced, or further than what is kept. What is known of it counts
    /// no longer: read it anew, and go on from this version.
    /// </summary>
    Reset,

    /// <summary>A task that was closed long ago left the document for the archive.</summary>
    Archived,

    /// <summary>A task came back from the archive, as it was.</summary>
    Restored,

    /// <summary>A nightly run has ended; <see cref="TaskEventChange.Reason"/> tells why it was stopped, if it was.</summary>
    NightlyRun,
}
