using System;

namespace TaskLocking.Tasks;

/// <summary>One entry of a todo's <c>changes[]</c>.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Field">Which field changed.</param>
/// <param name="OldValue">Before, as text (JSON text for what is not a string); null if there was none.</param>
/// <param name="NewValue">After; null if it is gone.</param>
/// <param name="Timestamp">When; null if a foreign entry does not tell.</param>
/// <param name="By">Who; null if a foreign entry does not tell.</param>
public sealed record TaskHistoryEntry(string TaskId, string Field, string? OldValue, string? NewValue, DateTimeOffset? Timestamp, string? By);
