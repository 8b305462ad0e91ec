using System;

namespace TaskLocking.PowerShell;

/// <summary>Who has a task, one flat object for tables and CSV. What nobody told is null.</summary>
public sealed record TaskAssignment : BoardObject
{
    private TaskAssignment(AgentTask task)
    {
        TaskId = task.Id;
        TaskName = task.Name;
        Status = task.Status;
        Assignee = task.Assignee?.ToString();
        Hostname = task.Assignee?.Hostname;
        AssignedAt = task.Assignee?.AssignedAt;
        AssignedBy = task.Assignee?.AssignedBy;
    }

    /// <summary>The task; binds to <c>-Id</c> of the other cmdlets.</summary>
    public string TaskId { get; }

    /// <summary>Its line for people.</summary>
    public string TaskName { get; }

    /// <summary>Where it stands.</summary>
    public AgentTaskStatus Status { get; }

    /// <summary>"type:name"; null when nobody has it.</summary>
    public string? Assignee { get; }

    /// <summary>The machine that the assignee works on.</summary>
    public string? Hostname { get; }

    /// <summary>When.</summary>
    public DateTimeOffset? AssignedAt { get; }

    /// <summary>By whom.</summary>
    public string? AssignedBy { get; }

    internal static TaskAssignment Of(AgentTask task) => new(task);
}
