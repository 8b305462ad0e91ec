using System;
using TaskLocking.Tasks;

namespace TaskLocking.Storage;

/// <summary>The words of a Todo2 document: title case as Todo2 writes them, and every alias that older files have.</summary>
internal static class TodoWords
{
    public static string Of(AgentTaskStatus status) => status == AgentTaskStatus.InProgress ? "In Progress" : status.ToString();

    public static string Of(TaskPriority priority) => priority switch
    {
        TaskPriority.Low => "low",
        TaskPriority.High => "high",
        TaskPriority.Critical => "critical",
        _ => "medium",
    };

    public static AgentTaskStatus Status(string? word) => Plain(word) switch
    {
        "" or "todo" or "pending" or "open" or "new" or "ready" or "backlog" or "notstarted" or "planned" => AgentTaskStatus.Todo,
        "inprogress" or "active" or "doing" or "started" or "working" or "wip" => AgentTaskStatus.InProgress,
        "review" or "inreview" or "needsreview" => AgentTaskStatus.Review,
        "done" or "completed" or "complete" or "finished" or "closed" or "resolved" => AgentTaskStatus.Done,
        "blocked" or "onhold" or "waiting" => AgentTaskStatus.Blocked,
        "cancelled" or "canceled" or "abandoned" or "dropped" => AgentTaskStatus.Cancelled,
        "failed" or "error" => AgentTaskStatus.Failed,
        _ => AgentTaskStatus.Unknown,
    };

    public static TaskPriority Priority(string? word) => Plain(word) switch
    {
        "critical" or "urgent" or "p0" or "highest" => TaskPriority.Critical,
        "high" or "p1" => TaskPriority.High,
        "low" or "p3" or "p4" or "lowest" => TaskPriority.Low,
        _ => TaskPriority.Medium,
    };

    private static string Plain(string? word) =>
        word is null ? "" : word.ToLowerInvariant().Replace(" ", "").Replace("_", "").Replace("-", "");
}
