namespace TaskLocking.Model;

/// <summary>A task that goes.</summary>
internal sealed class TaskRemoved(AgentTask before) : StateChange
{
    public AgentTask Before => before;
}
