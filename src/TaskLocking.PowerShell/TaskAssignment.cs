using System;
using TaskLocking.Tasks;

namespace TaskLocking.PowerShell;

/// <summary>Who has a task, one flat object for tables and CSV. What nobody told is null.</summary>
/// <param name="TaskId">The task; binds to <c>-Id</c> of the other cmdlets.</param>
/// <param name="TaskName">Its line for people.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Assignee">"type:name"; null when nobody has it.</param>
/// <param name="Hostname">The machine that the assignee works on.</param>
/// <param name="AssignedAt">When.</param>
/// <param name="AssignedBy">By whom.</param>
public sealed record TaskAssignment(
    string TaskId,
    string TaskName,
    AgentTaskStatus Status,
    string? Assignee,
    string? Hostname,
    DateTimeOffset? AssignedAt,
    string? AssignedBy)
{
    internal static TaskAssignment Of(AgentTask task) => new(
        task.Id,
        task.Name,
        task.Status,
        task.Assignee?.ToString(),
        task.Assignee?.Hostname,
        task.Assignee?.AssignedAt,
        task.Assignee?.AssignedBy);
}
