namespace TaskLocking.Model;

/// <summary>A task that goes.</summary>
/// <param name="before">The task.</param>
/// <param name="isArchived">It goes to the archive.</param>
internal sealed class TaskRemoved(AgentTask before, bool isArchived = false) : StateChange
{
    public AgentTask Before => before;

    public bool IsArchived => isArchived;
}
