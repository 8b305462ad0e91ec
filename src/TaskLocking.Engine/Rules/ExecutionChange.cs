using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using TaskLocking.Leases;
using TaskLocking.Storage;

namespace TaskLocking.Tasks;

/// <summary>
/// Sets the fields of <see cref="TaskExecution"/> on a task, each with its entry in the history; a field that has the value already is
/// passed over. A renewal is no event in a task's life and leaves no entry.
/// </summary>
internal static class ExecutionChange
{
    private static readonly string[] DeferralFields = ["defer_until", "deferUntil", "wait", "scheduled"];

    public static TaskChange SetMaxAttempt(this TaskChange change, AgentTask task, int value) =>
        Set(change, "maxAttempt", Text(task.Execution.MaxAttempt), Text(value), Text(value));

    public static TaskChange SetRetryDelay(this TaskChange change, AgentTask task, TimeSpan? value) =>
        SetSeconds(change, "retryDelay", task.Execution.RetryDelay, value);

    public static TaskChange SetTimeLimit(this TaskChange change, AgentTask task, TimeSpan? value) =>
        SetSeconds(change, "timeLimit", task.Execution.TimeLimit, value);

    public static TaskChange SetNeedsReview(this TaskChange change, AgentTask task, bool value) =>
        Set(change, "review", task.Execution.NeedsReview ? "true" : null, value ? "true" : null, value ? "true" : null);

    public static TaskChange SetFiles(this TaskChange change, AgentTask task, IReadOnlyList<string> value) =>
        change.SetOwn("files", task.Execution.Files, value);

    public static TaskChange SetAllowedAgents(this TaskChange change, AgentTask task, IReadOnlyList<string> value) =>
        change.SetOwn("allow", task.Execution.AllowedAgents, value);

    public static TaskChange SetAttempt(this TaskChange change, AgentTask task, int value) =>
        SetCount(change, "attempt", task.Execution.Attempt, value);

    public static TaskChange SetStrikes(this TaskChange change, AgentTask task, int value) =>
        SetCount(change, "strikes", task.Execution.Strikes, value);

    public static TaskChange SetNotBefore(this TaskChange change, AgentTask task, DateTimeOffset? value) =>
        SetTime(change, "notBefore", task.Execution.NotBefore, value);

    /// <summary>The same as a person sets it: what another tool wrote about it, understood or not, counts no longer.</summary>
    public static TaskChange SetOnlyNotBefore(this TaskChange change, AgentTask task, DateTimeOffset? value)
    {
        if (!task.Foreign.HasDeferral && task.Foreign.NotBefore is null)
            return change.SetNotBefore(task, value);
        change.RemoveOthers(DeferralFields, "");
        var before = task.NotBefore is { } old ? Timestamp.Format(old) : task.Foreign.NotBefore;
        var after = value is { } time ? Timestamp.Format(time) : null;
        return change.SetOwnJson("notBefore", before, after, after is null ? "null" : JsonSlices.Quote(after));
    }

    public static TaskChange SetStartedAt(this TaskChange change, AgentTask task, DateTimeOffset? value) =>
        SetTime(change, "startedAt", task.Execution.StartedAt, value);

    public static TaskChange SetFailure(this TaskChange change, AgentTask task, TaskFailure? value) =>
        task.Execution.Failure == value ? change
            : Set(change, "failure", task.Execution.Failure?.Reason, value?.Reason, value is null ? null : new JsonText()
            .Add("reason", value.Reason).Add("at", value.At).Add("agent", value.Agent).ToString());

    public static TaskChange SetBlock(this TaskChange change, AgentTask task, TaskBlock? value) =>
        task.Execution.Block == value ? change
            : Set(change, "blockedBy", task.Execution.Block?.Root, value?.Root, value is null ? null : new JsonText()
            .Add("nearest", value.Nearest).Add("root", value.Root).ToString());

    public static TaskChange SetClaim(this TaskChange change, AgentTask task, TaskClaim? value)
    {
        if (task.Execution.Claim == value)
            return change;
        var json = value is null ? null : new JsonText()
            .Add("token", value.Token).Add("agent", value.Agent).Add("host", value.Host).Add("pid", value.Pid)
                .Add("processStart", value.ProcessStart)
            .Add("claimed", value.Claimed).Add("expires", value.Expires).Add("ttl", value.Ttl).ToString();
        return task.Execution.Claim?.Token == value?.Token
            ? change.KeepOwn("claim", json ?? "null")
            : change.SetOwnJson("claim", task.Execution.Claim?.ToString(), value?.ToString(), json ?? "null");
    }

    private static TaskChange SetCount(TaskChange change, string field, int oldValue, int value) =>
        Set(change, field, oldValue == 0 ? null : Text(oldValue), value == 0 ? null : Text(value), value == 0 ? null : Text(value));

    private static TaskChange SetSeconds(TaskChange change, string field, TimeSpan? oldValue, TimeSpan? value) =>
        Set(change, field, Text(oldValue?.TotalSeconds), Text(value?.TotalSeconds), Text(value?.TotalSeconds));

    // A time that a document keeps has whole milliseconds: nothing changes by less.
    private static TaskChange SetTime(TaskChange change, string field, DateTimeOffset? oldValue, DateTimeOffset? value)
    {
        var (before, after) = (oldValue is { } old ? Timestamp.Format(old) : null, value is { } time ? Timestamp.Format(time) : null);
        return Set(change, field, before, after, after is null ? null : JsonSlices.Quote(after));
    }

    private static TaskChange Set(TaskChange change, string field, string? oldValue, string? newValue, string? json) =>
        string.Equals(oldValue, newValue, StringComparison.Ordinal) && field is not ("failure" or "blockedBy") ? change
            : change.SetOwnJson(field, oldValue, newValue, json ?? "null");

    private static string? Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);
}
