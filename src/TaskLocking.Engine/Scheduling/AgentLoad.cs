using TaskLocking.Tasks;

namespace TaskLocking.Scheduling;

/// <summary>How much an agent has to do; an object, so that a table of them needs no code of its own at a cold start.</summary>
internal sealed class AgentLoad
{
    public int OpenTasks { get; set; }

    /// <summary>Whether a task counts for the agent or host that it is assigned to.</summary>
    public static bool Concerns(AgentTask? task) =>
        task is { Assignee.Type: "agent" or "host", Status: AgentTaskStatus.Todo or AgentTaskStatus.InProgress or AgentTaskStatus.Blocked or AgentTaskStatus.Review };
}
