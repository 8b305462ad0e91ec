using System;
using System.Collections.Generic;
using System.Text.Json;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>
/// Reads a commit's line as an event. All is in the line: the history that it writes tells each field before and after, so nobody needs
/// the state.
/// </summary>
internal static class EventLine
{
    private const string ClaimMark = " #";

    /// <exception cref="JsonException">It is no line of a commit.</exception>
    public static TaskEvent Read(ReadOnlySpan<byte> line)
    {
        var reader = JsonReading.Of(line[..^1]); // without the line feed
        long version = 0;
        string? time = null, by = null;
        var changes = new List<TaskEventChange>();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("v"u8) && reader.Read())
                version = reader.GetInt64();
            else if (reader.ValueTextEquals("t"u8) && reader.Read())
                time = TodoText.Read(ref reader);
            else if (reader.ValueTextEquals("by"u8) && reader.Read())
                by = TodoText.Read(ref reader);
            else if (reader.ValueTextEquals("op"u8) && reader.Read())
                ReadChanges(ref reader, changes);
            else
            {
                reader.Read();
                reader.Skip();
            }
        }
        return new TaskEvent(version, Timestamp.Parse(time), by, FixedList<TaskEventChange>.Owned(changes.ToArray()));
    }

    private static void ReadChanges(ref Utf8JsonReader reader, List<TaskEventChange> changes)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            if (ChangeOf(OperationGlance.Read(ref reader)) is { } change)
                changes.Add(change);
        }
    }

    // Null for what concerns the document alone.
    private static TaskEventChange? ChangeOf(OperationGlance glance) => glance switch
    {
        { Record: StateRecords.FileKind } => new(glance.HasValue ? TaskEventKind.FileLocked : TaskEventKind.FileUnlocked)
        {
            Path = glance.Path ?? Part(glance.Key, 1),
            Agent = glance.Agent ?? Part(glance.Key, 0),
        },
        { Record: StateRecords.AgentKind } => new(glance.HasValue ? TaskEventKind.AgentRegistered : TaskEventKind.AgentUnregistered)
        {
            Agent = glance.Agent ?? Part(glance.Key, 0),
        },
        { Record: StateRecords.SwarmKind } => new(glance.HasValue ? TaskEventKind.SwarmPaused : TaskEventKind.SwarmResumed)
        {
            Swarm = glance.Key,
            Reason = glance.Reason,
        },
        { Record: StateRecords.RunKind } => new(TaskEventKind.NightlyRun) { Reason = glance.Reason },
        { Id: null } => null,
        { Record: not null } or { IsMoved: true } => null,
        { IsNew: true, IsRestored: true } => new(TaskEventKind.Restored) { TaskId = glance.Id, To = TodoWords.Status(glance.Status) },
        { IsNew: true } => new(TaskEventKind.Defined) { TaskId = glance.Id, To = TodoWords.Status(glance.Status) },
        { IsGone: true, IsArchived: true } => new(TaskEventKind.Archived) { TaskId = glance.Id },
        { IsGone: true } => new(TaskEventKind.Removed) { TaskId = glance.Id },
        _ => ChangeOfTask(glance),
    };

    private static TaskEventChange ChangeOfTask(OperationGlance glance)
    {
        var kind = glance.StatusChange is { } status ? KindOf(glance, TodoWords.Status(status.Old), TodoWords.Status(status.New))
            : KindOf(glance);
        return new TaskEventChange(kind)
        {
            TaskId = glance.Id,
            From = glance.StatusChange is { } from ? TodoWords.Status(from.Old) : null,
            To = glance.StatusChange is { } to ? TodoWords.Status(to.New) : null,
            Agent = glance.Agent ?? AgentOf(glance.Claim?.New ?? glance.Claim?.Old) ?? glance.Assignee?.New ?? glance.Assignee?.Old,
            Reason = glance.Failure?.New ?? glance.Block?.New,
            Fields = glance.Fields,
        };
    }

    private static TaskEventKind KindOf(OperationGlance glance, AgentTaskStatus from, AgentTaskStatus to) => to switch
    {
        AgentTaskStatus.InProgress => TaskEventKind.Started,
        AgentTaskStatus.Done => TaskEventKind.Completed,
        AgentTaskStatus.Review => TaskEventKind.Submitted,
        AgentTaskStatus.Failed => TaskEventKind.Failed,
        AgentTaskStatus.Blocked => TaskEventKind.Blocked,
        AgentTaskStatus.Cancelled => TaskEventKind.Cancelled,
        AgentTaskStatus.Todo when glance.Failure?.New is not null =>
            from == AgentTaskStatus.Review ? TaskEventKind.Rejected : TaskEventKind.Retried,
        AgentTaskStatus.Todo when glance.Block is { New: null } => TaskEventKind.Unblocked,
        AgentTaskStatus.Todo when from == AgentTaskStatus.InProgress => TaskEventKind.Released,
        AgentTaskStatus.Todo => TaskEventKind.Restarted,
        _ => TaskEventKind.Changed,
    };

    private static TaskEventKind KindOf(OperationGlance glance)
    {
        if (glance.Claim is { } claim)
            return claim.New is not null ? TaskEventKind.Claimed
                : glance.Failure?.New is not null ? TaskEventKind.Retried : TaskEventKind.Released;
        if (glance.SetsClaim)
            return TaskEventKind.Renewed;
        if (glance.Failure?.New is not null)
            return TaskEventKind.Retried;
        return glance.Assignee is not { } assignee ? IsNoted(glance) ? TaskEventKind.Noted : TaskEventKind.Changed
            : assignee.New is null ? TaskEventKind.Unassigned : TaskEventKind.Assigned;
    }

    // The history tells no note.
    private static bool IsNoted(OperationGlance glance) => glance is { SetsNotes: true, Fields.Count: 0 };

    // "name #token"
    private static string? AgentOf(string? claim) =>
        claim?.LastIndexOf(ClaimMark, StringComparison.Ordinal) is { } at and >= 0 ? claim.Substring(0, at) : claim;

    private static string? Part(string? key, int place)
    {
        var parts = key?.Split('\n') ?? [];
        return place < parts.Length ? parts[place] : null;
    }
}
