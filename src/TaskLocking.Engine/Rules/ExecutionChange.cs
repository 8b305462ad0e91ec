using System;
using System.Collections.Generic;
using System.Globalization;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>
/// Sets the fields of <see cref="TaskExecution"/> on a task, each with its entry in the history; a field that has the value already is
/// passed over. A renewal is no event in a task's life and leaves no entry.
/// </summary>
internal static class ExecutionChange
{
    public static TaskChange SetMaxAttempt(this TaskChange change, AgentTask task, int value) =>
        Set(change, FieldName.MaxAttempt, Text(task.Execution.MaxAttempt), Text(value), value);

    public static TaskChange SetRetryDelay(this TaskChange change, AgentTask task, TimeSpan? value) =>
        SetSeconds(change, FieldName.RetryDelay, task.Execution.RetryDelay, value);

    public static TaskChange SetTimeLimit(this TaskChange change, AgentTask task, TimeSpan? value) =>
        SetSeconds(change, FieldName.TimeLimit, task.Execution.TimeLimit, value);

    public static TaskChange SetNeedsReview(this TaskChange change, AgentTask task, bool value)
    {
        object? set = value ? true : null;
        return task.Foreign.HasUnread(TodoField.NeedsReview)
            ? change.Tell(FieldName.NeedsReview, null, value ? "true" : null, set)
            : Set(change, FieldName.NeedsReview, task.Execution.NeedsReview ? "true" : null, value ? "true" : null, set);
    }

    public static TaskChange SetFiles(this TaskChange change, AgentTask task, IReadOnlyList<string> value) =>
        change.SetOwn(FieldName.Files, task.Execution.Files, value);

    public static TaskChange SetAllowedAgents(this TaskChange change, AgentTask task, IReadOnlyList<string> value) =>
        change.SetOwn(FieldName.AllowedAgents, task.Execution.AllowedAgents, value);

    public static TaskChange SetAttempt(this TaskChange change, AgentTask task, int value) =>
        SetCount(change, FieldName.Attempt, task.Execution.Attempt, value);

    public static TaskChange SetStrikes(this TaskChange change, AgentTask task, int value) =>
        SetCount(change, FieldName.Strikes, task.Execution.Strikes, value);

    public static TaskChange SetNotBefore(this TaskChange change, AgentTask task, DateTimeOffset? value) =>
        SetTime(change, FieldName.NotBefore, task.Execution.NotBefore, value);

    /// <summary>The same as a person sets it: what another tool wrote about it, understood or not, counts no longer.</summary>
    public static TaskChange SetOnlyNotBefore(this TaskChange change, AgentTask task, DateTimeOffset? value)
    {
        if (!task.Foreign.HasDeferral && task.Foreign.NotBefore is null)
            return change.SetNotBefore(task, value);
        change.RemoveOthers(TodoField.DeferUntil);
        var before = Text(task.NotBefore) ?? task.Foreign.NotBefore;
        return change.Tell(FieldName.NotBefore, before, Text(value), value);
    }

    public static TaskChange SetStartedAt(this TaskChange change, AgentTask task, DateTimeOffset? value) =>
        SetTime(change, FieldName.StartedAt, task.Execution.StartedAt, value);

    public static TaskChange SetFailure(this TaskChange change, AgentTask task, TaskFailure? value) =>
        task.Execution.Failure == value ? change
            : change.Tell(FieldName.Failure, task.Execution.Failure?.Reason, value?.Reason, value);

    public static TaskChange SetBlock(this TaskChange change, AgentTask task, TaskBlock? value) =>
        task.Execution.Block == value ? change : change.Tell(FieldName.Block, task.Execution.Block?.Root, value?.Root, value);

    public static TaskChange SetClaim(this TaskChange change, AgentTask task, TaskClaim? value)
    {
        if (task.Execution.Claim == value && !task.Foreign.HasUnread(TodoField.Claim | TodoField.Own))
            return change;
        return task.Execution.Claim?.Token == value?.Token
            ? change.Keep(FieldName.Claim, value)
            : change.Tell(FieldName.Claim, task.Execution.Claim?.ToString(), value?.ToString(), value);
    }

    private static TaskChange SetCount(TaskChange change, FieldName field, int oldValue, int value) =>
        Set(change, field, oldValue == 0 ? null : Text(oldValue), value == 0 ? null : Text(value), value == 0 ? null : value);

    private static TaskChange SetSeconds(TaskChange change, FieldName field, TimeSpan? oldValue, TimeSpan? value) =>
        Set(change, field, Text(oldValue?.TotalSeconds), Text(value?.TotalSeconds), value);

    // A time that is kept has whole milliseconds: nothing changes by less.
    private static TaskChange SetTime(TaskChange change, FieldName field, DateTimeOffset? oldValue, DateTimeOffset? value) =>
        Set(change, field, Text(oldValue), Text(value), value);

    private static TaskChange Set(TaskChange change, FieldName field, string? oldText, string? newText, object? value) =>
        string.Equals(oldText, newText, StringComparison.Ordinal) ? change : change.Tell(field, oldText, newText, value);

    private static string? Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);

    private static string? Text(DateTimeOffset? value) => value is { } time ? Timestamp.Format(time) : null;
}
