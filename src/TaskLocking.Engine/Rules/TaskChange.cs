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
    private readonly ByteBuffer _set = new(256);
    private readonly ByteBuffer _own = new(16);
    private readonly ByteBuffer _log = new(256);

    internal TaskChange(TaskDraft draft, AgentTask task)
    {
        _draft = draft;
        _task = task;
    }

    /// <summary>True if anything was set to a new value so far.</summary>
    public bool IsChange => _log.Length > 0 || _own.Length > 0;

    /// <summary>Sets a text field of the todo ("name", "content"); null removes it.</summary>
    public TaskChange Set(string field, string? oldValue, string? newValue) => Set(_set, field, oldValue, newValue);

    /// <summary>Sets a list of texts of the todo ("tags", "dependencies").</summary>
    public TaskChange Set(string field, IReadOnlyList<string> oldValue, IReadOnlyList<string> newValue)
    {
        if (field == "dependencies" && _task.Foreign.HasOwnDependencies)
            return SetDependencies(newValue, _task.Foreign.Dependencies);
        if (Set(_set, field, oldValue, newValue) && field == "dependencies")
            Member(_set, "dependsOn", "null"); // Two names of one list: the other would bring back what was taken out.
        return this;
    }

    /// <summary>
    /// Sets what the task waits for, where another tool wrote it in its own way: what is understood of it and stays is left as it is.
    /// </summary>
    /// <param name="ids">What it waits for.</param>
    /// <param name="unread">What stays of that which is not understood.</param>
    internal TaskChange SetDependencies(IReadOnlyList<string> ids, IReadOnlyList<string> unread)
    {
        var (before, kept) = (_task.Foreign.Dependencies, unread.Where(_task.Foreign.Dependencies.Contains).ToList());
        if (_task.Dependencies.SequenceEqual(ids, StringComparer.Ordinal) && kept.Count == before.Count
            && !_task.Foreign.HasDouble(TodoField.Dependencies))
            return this;
        Member(_set, "dependencies", DependencyText.Rewrite(_task.Entry!.Json, _task.Id, ids, kept));
        RemoveOthers(DependencyReader.Fields, "dependencies");
        Log("dependencies", string.Join(", ", _task.Dependencies.Concat(before)), string.Join(", ", ids.Concat(kept)));
        return this;
    }

    /// <summary>Removes other names of a field of the todo, as far as it has them.</summary>
    internal void RemoveOthers(string[] names, string written)
    {
        foreach (var member in JsonSlices.Properties(_task.Entry!.Json))
        {
            if (member.Name != written && Array.IndexOf(names, member.Name) >= 0)
                Member(_set, member.Name, "null");
        }
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
        if (status == _task.Status && !_task.Foreign.HasDouble(TodoField.Status))
            return this;
        // What is there twice is written even where readers see the same.
        MemberName(_set, "status").WriteQuoted(TodoWords.Of(status));
        Log("status", _task.StatusText, TodoWords.Of(status));
        if (status == AgentTaskStatus.Done)
            TimeMember("completedAt");
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
        if (_task.Foreign.Assignee is null && !_task.Foreign.HasDouble(TodoField.Assignee)
            && (assignee is null ? _task.Assignee is null : assignee.IsSameAs(_task.Assignee)))
            return this;
        if (_task.Foreign.HasAssignees)
            RemoveOthers(["assignees"], "assignee");
        if (assignee is null)
            Member(_set, "assignee", "null");
        else
            TodoWriter.WriteAssignee(MemberName(_set, "assignee"), assignee);
        Log("assignee", _task.Assignee?.ToString() ?? _task.Foreign.Assignee, assignee?.ToString());
        return this;
    }

    /// <summary>Records the change and gives the task as it will be; the same task if nothing changed.</summary>
    public AgentTask Apply()
    {
        if (!IsChange)
            return _task;
        if (_log.Length > 0)
        {
            TimeMember("lastModified");
            if (_task.HasUpdatedAt)
                TimeMember("updated_at");
        }
        return _draft.Patch(_task, _set.Written, _own.Written, _log.Written);
    }

    private TaskChange Set(ByteBuffer target, string field, string? oldValue, string? newValue)
    {
        if (string.Equals(oldValue, newValue, StringComparison.Ordinal))
            return this;
        MemberName(target, field).WriteQuoted(newValue);
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

    private void TimeMember(string field)
    {
        MemberName(_set, field);
        Time(_set);
    }

    private static void Member(ByteBuffer target, string field, string json) => MemberName(target, field).Write(json);

    private static ByteBuffer MemberName(ByteBuffer target, string field)
    {
        target.Write(target.Length > 0 ? ",\""u8 : "\""u8);
        target.Write(field);
        target.Write("\":"u8);
        return target;
    }

    private void Time(ByteBuffer target)
    {
        target.Write("\""u8);
        Timestamp.Write(target, _draft.Now);
        target.Write("\""u8);
    }

    private void Log(string field, string? oldValue, string? newValue)
    {
        _log.Write(_log.Length > 0 ? ",{\"field\":\""u8 : "{\"field\":\""u8);
        _log.Write(field);
        _log.Write("\",\"oldValue\":"u8);
        _log.WriteQuoted(oldValue);
        _log.Write(",\"newValue\":"u8);
        _log.WriteQuoted(newValue);
        _log.Write(",\"timestamp\":"u8);
        Time(_log);
        _log.Write(",\"by\":"u8);
        _log.WriteQuoted(_draft.By);
        _log.Write("}"u8);
    }
}
