using System;
using System.Globalization;
using TaskLocking.Model;

namespace TaskLocking.Proof;

/// <summary>Which entry of a task's history an operation leaves when it takes effect: exactly one is the trace of each kind.</summary>
internal static class MarkTrace
{
    public static bool IsOf(Operation operation, TaskHistoryEntry entry) => operation.Kind switch
    {
        OperationKind.Define => entry is { Field: "status", OldValue: null },
        OperationKind.Assign => entry.Field == "assignee" && IsAgent(entry.NewValue, operation.Agent),
        OperationKind.Unassign or OperationKind.GiveBack =>
            entry is { Field: "assignee", NewValue: null } && IsAgent(entry.OldValue, operation.Agent),
        OperationKind.Claim =>
            ClaimOf(entry) is { } claim && claim.Agent == operation.Agent && (operation.Token == 0 || claim.Token == operation.Token),
        OperationKind.Start => IsStatus(entry, AgentTaskStatus.InProgress),
        OperationKind.Complete => IsStatus(entry, AgentTaskStatus.Done),
        _ => false,
    };

    /// <summary>
    /// The claim that an entry gives; null if it gives none. A request also takes claims of the dead away, from any task.
    /// </summary>
    public static (string Agent, long Token)? ClaimOf(TaskHistoryEntry entry)
    {
        if (entry.Field != "claim" || entry.NewValue is not { } text)
            return null;
        var hash = text.LastIndexOf(" #", StringComparison.Ordinal);
        return hash > 0 && long.TryParse(text[(hash + 2)..], NumberStyles.None, CultureInfo.InvariantCulture, out var token)
            ? (text[..hash], token)
            : null;
    }

    private static bool IsStatus(TaskHistoryEntry entry, AgentTaskStatus status) =>
        entry.Field == "status" && entry.NewValue == TodoWords.Of(status);

    // The history names the type too.
    private static bool IsAgent(string? assignee, string? agent) =>
        assignee is not null && assignee.EndsWith(":" + agent, StringComparison.Ordinal);
}
