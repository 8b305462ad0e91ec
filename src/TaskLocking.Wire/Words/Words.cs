using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Wire;

/// <summary>Status and priority as a document may write them.</summary>
internal static class Words
{
    /// <summary>The id of a parent; empty where the word is <c>none</c>: a task is nobody's child then.</summary>
    public static string? Parent(string? word) => word == "none" ? "" : word;

    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public static AgentTaskStatus Status(string word) => TaskWords.TryReadStatus(word, out var status)
        ? status
        : throw new TaskLockingException(RefusalCode.InvalidArgument,
            $"'{word}' is no status. Give todo, in-progress, review, done, blocked, cancelled or failed, for example --status " +
                "in-progress.");

    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public static IReadOnlyList<AgentTaskStatus> Statuses(string[]? words) => (words ?? []).Select(Status).ToList();

    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public static TaskPriority Priority(string word) => TaskWords.TryReadPriority(word, out var priority)
        ? priority
        : throw new TaskLockingException(RefusalCode.InvalidArgument,
            $"'{word}' is no priority. Give low, medium, high or critical, for example --priority high.");

    /// <summary>Null for null.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public static long? Version(string? text) => text is null ? null
        : long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var version)
            ? version
        : throw new TaskLockingException(RefusalCode.InvalidArgument,
            $"'{text}' is no version. Give the number that 'task get' shows, for example --if-version 12.");

    /// <summary>A status as a todo has it.</summary>
    public static string Text(AgentTaskStatus status) => status == AgentTaskStatus.InProgress ? "In Progress" : status.ToString();
}
