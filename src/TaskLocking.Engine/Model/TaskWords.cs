using System;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>
/// Reads the words that people and documents use for status and priority: any case, spaces, hyphens and underscores alike, aliases
/// included.
/// </summary>
public static class TaskWords
{
    /// <summary>Reads a status ("in-progress", "In Progress", "active"); false for a word that none is written as.</summary>
    public static bool TryReadStatus(string? word, out AgentTaskStatus status)
    {
        status = string.IsNullOrWhiteSpace(word) ? AgentTaskStatus.Unknown : TodoWords.Status(word);
        return status != AgentTaskStatus.Unknown;
    }

    /// <summary>Reads a priority ("high", "P1", "urgent"); false for a word that none is written as.</summary>
    public static bool TryReadPriority(string? word, out TaskPriority priority)
    {
        priority = TodoWords.Priority(word);
        return !string.IsNullOrWhiteSpace(word) && TodoWords.IsPriority(word);
    }
}
