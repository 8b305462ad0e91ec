namespace TaskLocking.Model;

/// <summary>
/// Whether somebody holds a task's lock: a fact from outside that a rule is given which may choose. A task that is held is passed over
/// where another will do; a rule that must change it waits for it like any other commit.
/// </summary>
internal interface ITaskHolds
{
    /// <summary>
    /// What stands in the way of the task's lock now, after "because": mostly that another session holds it. Null if nothing does.
    /// </summary>
    string? Obstacle(string taskId);
}
