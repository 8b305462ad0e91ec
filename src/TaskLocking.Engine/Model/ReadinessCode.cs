namespace TaskLocking;

/// <summary>Why a task cannot be taken now.</summary>
public enum ReadinessCode
{
    /// <summary>It is not in Todo.</summary>
    Status,

    /// <summary>A dependency is not done yet.</summary>
    DependencyUnmet,

    /// <summary>A dependency is no task.</summary>
    DependencyMissing,

    /// <summary>A dependency has failed, or is blocked by a failure.</summary>
    DependencyFailed,

    /// <summary>Its todo has a dependency, an assignee or a time that is not understood.</summary>
    NotUnderstood,

    /// <summary>It waits for itself over others.</summary>
    DependencyCycle,

    /// <summary>Its time has not come.</summary>
    NotBefore,

    /// <summary>Somebody else works on it.</summary>
    Claimed,

    /// <summary>It is assigned to somebody else.</summary>
    Assigned,

    /// <summary>The agent lacks a capability.</summary>
    MissingCapability,

    /// <summary>Others are named who may take it.</summary>
    NotAllowed,

    /// <summary>The agent has as many tasks as it may.</summary>
    AgentFull,

    /// <summary>Somebody else has a lease on a file that it touches.</summary>
    FileHeld,

    /// <summary>Somebody holds the task's lock.</summary>
    TaskHeld,

    /// <summary>Its swarm is paused.</summary>
    SwarmPaused,

    /// <summary>Children of it are neither done nor cancelled.</summary>
    ChildrenOpen,
}
