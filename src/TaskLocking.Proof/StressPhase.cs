namespace TaskLocking;

/// <summary>The parts of the stress protocol, in the order in which they run.</summary>
public enum StressPhase
{
    /// <summary>Processes define tasks: ids of their own, which all succeed, and equal ones, of which one each succeeds.</summary>
    Define,

    /// <summary>
    /// Processes assign, take back and read a few tasks, one by one and in batches, and claim, start, complete and give back others.
    /// </summary>
    Assign,

    /// <summary>All of it, while processes are killed and files are damaged.</summary>
    Mixed,

    /// <summary>Processes make numbered topic folders in one root.</summary>
    Topics,
}
