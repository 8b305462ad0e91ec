namespace TaskLocking.Model;

/// <summary>A state of a store, which knows where the tasks come from that a commit brings.</summary>
internal interface ITaskSources
{
    /// <summary>The source of a task to come, behind those of all tasks that are there.</summary>
    ITaskSource Coming(TaskAdded added, ComingCommit commit);
}
