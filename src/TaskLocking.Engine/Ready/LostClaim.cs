using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Todo2;

namespace TaskLocking.Ready;

/// <summary>
/// Claims that are gone although nobody ended them: a task that was claimed or begun on another branch or board comes with its history and
/// without its claim. The history tells: whoever ends a claim or an attempt writes it there. What a person set to In Progress by hand never
/// had one.
/// </summary>
internal static class LostClaim
{
    /// <summary>
    /// Who had the claim under which the task in progress was begun; null if it has one, or was begun without.
    /// </summary>
    public static string? OfBegun(AgentTask task)
    {
        if (task.Status != AgentTaskStatus.InProgress || task.Claim is not null || task.Source?.NamesBegin != true)
            return null;
        var history = task.ReadHistory();
        return Last(history, "startedAt") is { NewValue: not null } begun && !IsSetLater(history, begun)
            ? Agent(history) ?? task.Assignee?.Name ?? "somebody"
            : null;
    }

    /// <summary>
    /// Who had the claim that a task in Todo came with, and is still assigned it by that; null if nobody, or if it was given to him before.
    /// </summary>
    public static string? OfAssigned(AgentTask task)
    {
        if (task.Status != AgentTaskStatus.Todo || task.Claim is not null || task.Assignee is not { Type: not Person.Type } assignee
            || !Tells(task, "\"claim\""u8))
            return null;
        return Last(task.ReadHistory(), "claim") is { NewValue: { } claim } last && AgentOf(claim) == assignee.Name
            && last.Timestamp == assignee.AssignedAt
            ? assignee.Name
            : null;
    }

    private static string? Agent(IReadOnlyList<TaskHistoryEntry> history) =>
        history.LastOrDefault(entry => entry is { Field: "claim", NewValue: not null })?.NewValue is { } claim ? AgentOf(claim) : null;

    // "agent #token", see TaskClaim.
    private static string? AgentOf(string claim) =>
        claim.LastIndexOf(" #", StringComparison.Ordinal) is > 0 and var end ? claim.Substring(0, end) : null;

    private static TaskHistoryEntry? Last(IReadOnlyList<TaskHistoryEntry> history, string field) =>
        history.LastOrDefault(entry => entry.Field == field);

    // By hand, or by another tool: then somebody works who never had a claim.
    private static bool IsSetLater(IReadOnlyList<TaskHistoryEntry> history, TaskHistoryEntry begun) =>
        Last(history, "status") is { } set && set.Timestamp > begun.Timestamp;

    // Most have nothing of it, and need not be read.
    private static bool Tells(AgentTask task, ReadOnlySpan<byte> field) => task.Source?.Json.Span.IndexOf(field) >= 0;
}
