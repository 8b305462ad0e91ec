namespace TaskLocking.Model;

/// <summary>A task that comes, behind all that are there.</summary>
internal abstract class TaskAdded(string id) : StateChange
{
    public string Id => id;

    /// <summary>The task.</summary>
    public abstract AgentTask After { get; }
}
