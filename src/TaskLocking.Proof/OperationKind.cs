namespace TaskLocking;

/// <summary>
/// What a worker of the stress protocol asked for. The first four work on the tasks that are assigned, the others on those that are
/// claimed.
/// </summary>
public enum OperationKind
{
    /// <summary>Define the task.</summary>
    Define,

    /// <summary>Assign the task to <see cref="Operation.Agent"/>, alone or as a part of a batch.</summary>
    Assign,

    /// <summary>Take the task back from <see cref="Operation.Agent"/>.</summary>
    Unassign,

    /// <summary>Read the task.</summary>
    Read,

    /// <summary>Ask for the next task; the task is the one that came.</summary>
    Claim,

    /// <summary>Start the claimed task.</summary>
    Start,

    /// <summary>Complete the started task.</summary>
    Complete,

    /// <summary>Give the claimed task back to the queue.</summary>
    GiveBack,
}
