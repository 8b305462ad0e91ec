using TaskLocking.Tasks;

namespace TaskLocking.Automation;

/// <summary>Which tasks an agent has on its hands: those that it claimed, and those assigned to it that it has still to do.</summary>
internal static class AgentLoad
{
    /// <summary>Whether the task is one of the agent's.</summary>
    public static bool Counts(AgentTask task, AgentProfile agent) =>
        task.Claim?.Agent == agent.Name
        || (IsOpen(task) && task.Assignee is { } who && who.Name == agent.Name && who.Type == agent.Type);

    private static bool IsOpen(AgentTask task) => task.Status is AgentTaskStatus.Todo or AgentTaskStatus.InProgress or AgentTaskStatus.Blocked;
}
