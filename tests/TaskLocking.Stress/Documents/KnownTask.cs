using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Stress;

/// <summary>What was acknowledged of a task.</summary>
/// <param name="Content">Its text.</param>
/// <param name="Status">Its status, as a document writes it.</param>
/// <param name="Assignee">Who it was assigned to.</param>
/// <param name="Token">Of its claim; null if there is none.</param>
/// <param name="History">Every entry, as a text.</param>
/// <param name="ChangedAt">The step of the last change by one of our verbs.</param>
internal sealed record KnownTask(
    string? Content, string Status, string? Assignee, long? Token, IReadOnlyList<string> History, int ChangedAt)
{
    /// <summary>Nobody was told whether the last change of it, in a way that is not looked at, was made.</summary>
    public bool IsUnsure { get; init; }

    /// <summary>An older document brought it back after it was gone; one that is less old brings it back as it was later.</summary>
    public bool IsBack { get; init; }

    /// <summary>What a board shows of it.</summary>
    public static KnownTask Of(AgentTask task, int step) =>
        new(task.Content, task.StatusText, task.Assignee?.ToString(), task.Claim?.Token, HistoryOf(task), step);

    /// <summary>What of this is not in another; null if all is.</summary>
    public string? MissingIn(KnownTask other)
    {
        if ((Content, Status, Assignee, Token) != (other.Content, other.Status, other.Assignee, other.Token))
            return $"was {(Content, Status, Assignee, Token)} and is {(other.Content, other.Status, other.Assignee, other.Token)}";
        var there = other.History.ToHashSet(StringComparer.Ordinal);
        return History.FirstOrDefault(entry => !there.Contains(entry)) is { } lost ? "lost of its history: " + lost : null;
    }

    // As it was when the task was looked at: a board that is asked again may show what came meanwhile.
    private static List<string> HistoryOf(AgentTask task) =>
        [.. task.ReadHistory().Select(entry => $"{entry.Field}|{entry.OldValue}|{entry.NewValue}|{entry.Timestamp:O}")];
}
