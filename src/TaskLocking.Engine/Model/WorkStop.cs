namespace TaskLocking;

/// <summary>Why work on a task has to end before it is done.</summary>
public enum WorkStop
{
    /// <summary>The claim was taken away, or the task with it: somebody else may have it.</summary>
    ClaimLost,

    /// <summary>The task's time limit comes up.</summary>
    TimeLimit,
}
