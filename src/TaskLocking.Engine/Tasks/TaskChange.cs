using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Storage;

namespace TaskLocking.Tasks;

/// <summary>
/// The change of one task, field by field. A field that has the value already is passed over; each other one gets its
/// <c>changes[]</c> entry (field, oldValue, newValue, timestamp, by), and <c>lastModified</c> is set, in the same commit.
/// </summary>
public sealed class TaskChange
{
    private readonly TaskDraft _draft;
    private readonly AgentTask _task;
    private readonly string _time;
    private readonly ByteBuffer _set = new(128);
    private readonly ByteBuffer _own = new(16);
    private readonly ByteBuffer _log = new(256);

    internal TaskChange(TaskDraft draft, AgentTask task)
    {
        _draft = draft;
        _task = task;
        _time = JsonSlices.Quote(Timestamp.Format(draft.Now));
    }

    /// <summary>True if anything was set to a new value so far.</summary>
    public bool IsChange => _log.Length > 0 || _own.Length > 0;

    /// <summary>Sets a text field of the todo ("name", "content"); null removes it.</summary>
    public TaskChange Set(string field, string? oldValue, string? newValue) => Set(_set, field, oldValue, newValue);

    /// <summary>Sets a list of texts of the todo ("tags", "dependencies").</summary>
    public TaskChange Set(string field, IReadOnlyList<string> oldValue, IReadOnlyList<string> newValue)
    {
        if (Set(_set, field, oldValue, newValue) && field == "dependencies")
            Member(_set, "dependsOn", "null"); // Two names of one list: the other would bring back what was taken out.
        return this;
    }

    /// <summary>Sets a text field of ours ("agent", "taskFile", "swarm"), kept under <c>taskLocking</c>; null removes it.</summary>
    public TaskChange SetOwn(string field, string? oldValue, string? newValue) => Set(_own, field, oldValue, newValue);

    /// <summary>Sets a list of ours ("requires").</summary>
    public TaskChange SetOwn(string field, IReadOnlyList<string> oldValue, IReadOnlyList<string> newValue)
    {
        Set(_own, field, oldValue, newValue);
        return this;
    }

    /// <summary>Sets a field of ours to any JSON; "null" removes it. The history gets the texts.</summary>
    internal TaskChange SetOwnJson(string field, string? oldValue, string? newValue, string json)
    {
        Member(_own, field, json);
        Log(field, oldValue, newValue);
        return this;
    }

    /// <summary>Sets a field of ours that the history does not tell: no event in the life of the task.</summary>
    internal TaskChange KeepOwn(string field, string json)
    {
        Member(_own, field, json);
        return this;
    }

    /// <summary>Sets the status in the document's words, and <c>completedAt</c> with Done.</summary>
    public TaskChange SetStatus(AgentTaskStatus status)
    {
        if (status == _task.Status)
            return this;
        Set(_set, "status", _task.StatusText, TodoWords.Of(status));
        if (status == AgentTaskStatus.Done)
            Member(_set, "completedAt", _time);
        else if (_task.CompletedAt is not null)
            Member(_set, "completedAt", "null");
        return this;
    }

    /// <summary>Sets the priority in the document's words.</summary>
    public TaskChange SetPriority(TaskPriority priority) =>
        priority == _task.Priority ? this : Set(_set, "priority", TodoWords.Of(_task.Priority), TodoWords.Of(priority));

    /// <summary>Sets who has the task; null for nobody. Logged as "type:name".</summary>
    public TaskChange SetAssignee(Assignee? assignee)
    {
        if (assignee is null ? _task.Assignee is null : assignee.IsSameAs(_task.Assignee))
            return this;
        Member(_set, "assignee", assignee is null ? "null" : TodoWriter.Assignee(assignee));
        Log("assignee", _task.Assignee?.ToString(), assignee?.ToString());
        return this;
    }

    /// <summary>Records the change and gives the task as it will be; the same task if nothing changed.</summary>
    public AgentTask Apply()
    {
        if (!IsChange)
            return _task;
        if (_log.Length > 0)
        {
            Member(_set, "lastModified", _time);
            if (_task.HasUpdatedAt)
                Member(_set, "updated_at", _time);
        }
        var members = new ByteBuffer(_set.Length + _own.Length + _log.Length + 64);
        members.Write(",\"set\":{"u8);
        members.Write(_set.Written);
        members.Write("}"u8);
        if (_own.Length > 0)
        {
            members.Write(",\"own\":{"u8);
            members.Write(_own.Written);
            members.Write("}"u8);
        }
        members.Write(",\"log\":["u8);
        members.Write(_log.Written);
        members.Write("]"u8);
        return _draft.Patch(_task, members.Written);
    }

    private TaskChange Set(ByteBuffer target, string field, string? oldValue, string? newValue)
    {
        if (string.Equals(oldValue, newValue, StringComparison.Ordinal))
            return this;
        Member(target, field, Text(newValue));
        Log(field, oldValue, newValue);
        return this;
    }

    private bool Set(ByteBuffer target, string field, IReadOnlyList<string> oldValue, IReadOnlyList<string> newValue)
    {
        if (oldValue.SequenceEqual(newValue, StringComparer.Ordinal))
            return false;
        var list = "[" + string.Join(",", newValue.Select(JsonSlices.Quote)) + "]";
        Member(target, field, list);
        Log(field, string.Join(", ", oldValue), string.Join(", ", newValue));
        return true;
    }

    private static void Member(ByteBuffer target, string field, string json)
    {
        if (target.Length > 0)
            target.Write(","u8);
        target.Write("\"");
        target.Write(field);
        target.Write("\":");
        target.Write(json);
    }

    private void Log(string field, string? oldValue, string? newValue)
    {
        if (_log.Length > 0)
            _log.Write(","u8);
        _log.Write("{\"field\":\"");
        _log.Write(field);
        _log.Write("\",\"oldValue\":");
        _log.Write(Text(oldValue));
        _log.Write(",\"newValue\":");
        _log.Write(Text(newValue));
        _log.Write(",\"timestamp\":");
        _log.Write(_time);
        _log.Write(",\"by\":");
        _log.Write(Text(_draft.By));
        _log.Write("}");
    }

    private static string Text(string? value) => value is null ? "null" : JsonSlices.Quote(value);
}
