using System;

namespace TaskLocking;

/// <summary>One entry of a todo's <c>changes[]</c>.</summary>
public sealed record TaskHistoryEntry(string TaskId, string Field, string? OldValue, string? NewValue, DateTimeOffset? Timestamp,
    string? By) : BoardObject
{
    /// <summary>The task.</summary>
    public string TaskId { get; } = TaskId;

    /// <summary>Which field changed.</summary>
    public string Field { get; } = Field;

    /// <summary>Before, as text (JSON text for what is not a string); null if there was none.</summary>
    public string? OldValue { get; } = OldValue;

    /// <summary>After; null if it is gone.</summary>
    public string? NewValue { get; } = NewValue;

    /// <summary>When; null if a foreign entry does not tell.</summary>
    public DateTimeOffset? Timestamp { get; } = Timestamp;

    /// <summary>Who; null if a foreign entry does not tell.</summary>
    public string? By { get; } = By;
}
