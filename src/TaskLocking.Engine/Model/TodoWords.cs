using System;

namespace TaskLocking.Model;

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

    public static AgentTaskStatus Status(string? word) => word switch
    {
        // As we write them, and nearly all that a busy store reads.
        "Todo" => AgentTaskStatus.Todo,
        "In Progress" => AgentTaskStatus.InProgress,
        "Done" => AgentTaskStatus.Done,
        _ => AnyStatus(word),
    };

    private static AgentTaskStatus AnyStatus(string? word) => Plain(word) switch
    {
        "" or "todo" or "pending" or "open" or "new" or "ready" or "backlog" or "notstarted" or "planned" => AgentTaskStatus.Todo,
        "inprogress" or "active" or "doing" or "started" or "working" or "wip" or "hooked" => AgentTaskStatus.InProgress,
        "review" or "inreview" or "needsreview" => AgentTaskStatus.Review,
        "done" or "completed" or "complete" or "finished" or "closed" or "resolved" => AgentTaskStatus.Done,
        "blocked" or "onhold" or "waiting" or "deferred" or "paused" or "postponed" => AgentTaskStatus.Blocked,
        "cancelled" or "canceled" or "abandoned" or "dropped" or "deleted" or "tombstone" or "rejected" or "wontfix" or "wontdo"
            or "notplanned" or "duplicate" => AgentTaskStatus.Cancelled,
        "failed" or "error" => AgentTaskStatus.Failed,
        _ => AgentTaskStatus.Unknown,
    };

    public static TaskPriority Priority(string? word) => Level(word) switch
    {
        "critical" or "urgent" or "p0" or "highest" => TaskPriority.Critical,
        "high" or "p1" or "h" => TaskPriority.High,
        "low" or "p3" or "p4" or "lowest" or "l" => TaskPriority.Low,
        _ => TaskPriority.Medium,
    };

    /// <summary>Whether the word is one of those: any other counts as medium.</summary>
    public static bool IsPriority(string? word) =>
        Priority(word) != TaskPriority.Medium || Level(word) is "" or "medium" or "normal" or "default" or "p2" or "m";

    // A number alone is what other tools write for P and that number; -1 is none.
    private static string Level(string? word) => word?.Trim() is [>= '0' and <= '9'] digit ? "p" + digit : Plain(word);

    private static string Plain(string? word) =>
        word is null ? "" : word.ToLowerInvariant().Replace(" ", "").Replace("_", "").Replace("-", "");
}
