namespace TaskLocking.Leases;

/// <summary>
/// Whether somebody holds a task's lock: a fact from outside that a rule is given which may choose. A task that is held is passed over
/// where another will do; a rule that must change it waits for it like any other commit.
/// </summary>
internal interface ITaskHolds
{
    /// <summary>True if another session holds the task now.</summary>
    bool IsHeld(string taskId);
}
